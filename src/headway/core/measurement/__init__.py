"""Measurement: item response theory, adaptive testing, comparative judgement, growth. One scale, in logits."""
