"""LTI 1.3 and its services (LTI Advantage), as a tool speaks them: claims, content items, line items, scores, members."""
