"""Relations between claims: claims in numbers, the join that finds them, and the words in which they are told."""
