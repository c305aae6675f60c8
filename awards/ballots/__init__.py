"""Who may vote, who is recused, and the sealed ballots."""
