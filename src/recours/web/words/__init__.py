"""What the page says beside the sentences that it shares with the terminal."""
