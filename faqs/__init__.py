"""The prose that accompanies a therapy: questions with their answers, and the disclaimers that texts carry."""
