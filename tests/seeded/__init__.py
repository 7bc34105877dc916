"""What a partner site reads once the seed is out: the story, the answers, and what can no longer contradict itself."""
