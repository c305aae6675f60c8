"""The decision made public: winners, citations, the archive and the front page."""
