"""LTI 1.3 and its services (LTI Advantage), in both directions: claims, content items, line items, scores, members."""
