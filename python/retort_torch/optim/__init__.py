"""The update rules that PyTorch lacks, and the choice among all."""
