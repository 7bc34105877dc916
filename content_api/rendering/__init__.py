"""What a text reads like among what is live: a function of approved content and of a release, and of nothing else."""
