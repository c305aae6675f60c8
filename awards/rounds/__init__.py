"""A yearly round: prizes, criteria, timetable, who can be nominated, laureates of earlier years."""
