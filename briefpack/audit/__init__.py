"""The leak audit: outputs are read back by other means than they were written with, and searched for what their audience must not have."""
