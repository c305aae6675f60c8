"""The council: members, seats, offices and its rules of procedure."""
