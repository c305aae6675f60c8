"""The demonstration: a council of invented people and one year's prizes, at any point of the story.

It plays forward through the product's real actions, with a clock of its own that never overtakes the real one.
"""

from awards.administration.demo.stages import STAGES, load_demonstration

__all__ = ["STAGES", "load_demonstration"]
