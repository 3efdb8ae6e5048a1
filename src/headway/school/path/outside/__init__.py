"""Activities elsewhere: pages, videos and tools that people chose for skills, put on lists, and what learners did with them."""
