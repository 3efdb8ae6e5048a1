"""Stories for grade 7 to Algebra I: something once and something again and again (see ``contexts``).

Each table says in its docstring what its fields are and what is asked.
"""

from __future__ import annotations

from headway.core.curriculum.generators.contexts import Stories
from headway.core.text import T

BUDGET: Stories = {
    "soccer": T(
        "Renting a soccer field costs ${fee}. In addition, each player pays ${each} for a shirt. A team has ${money} "
        "in all. How many players can get a shirt at most?"
    ),
    "music": T(
        "A music service costs ${fee} to join and ${each} for each album. {name} has ${money}. How many albums can "
        "{name} buy at most?"
    ),
    "animals": T(
        "A fish tank costs ${fee} and each fish costs ${each}. {name} has ${money}. How many fish can {name} buy with "
        "the tank at most?"
    ),
    "space": T(
        "Entry to a space museum costs ${fee} and each ride in the simulator costs ${each}. {name} has ${money}. How "
        "many rides can {name} take at most?"
    ),
    "cooking": T(
        "A party room costs ${fee} and each pizza costs ${each}. {name} has ${money}. How many pizzas can {name} "
        "order for the room at most?"
    ),
    "art": T(
        "A paint set costs ${fee} and each canvas costs ${each}. {name} has ${money}. How many canvases can {name} "
        "buy with the set at most?"
    ),
    "games": T(
        "Entry to an arcade costs ${fee} and each game costs ${each}. {name} has ${money}. How many games can {name} "
        "play at most?"
    ),
    "nature": T(
        "A park pass costs ${fee} and each boat trip costs ${each}. {name} has ${money}. How many boat trips can "
        "{name} take at most?"
    ),
}
"""Once ``{fee}`` dollars, then ``{each}`` dollars apiece, with ``{money}`` dollars; asks how many at most."""

TWO_PRICES: Stories = {
    "soccer": T(
        "{a} adult tickets and {b} child tickets for a match cost ${first}. {c} adult tickets and {b} child tickets "
        "cost ${second}. How many dollars does one child ticket cost?"
    ),
    "music": T(
        "{a} songbooks and {b} drumsticks cost ${first}. {c} songbooks and {b} drumsticks cost ${second}. How many "
        "dollars does one drumstick cost?"
    ),
    "animals": T(
        "{a} bags of dog food and {b} toys cost ${first}. {c} bags of dog food and {b} toys cost ${second}. How many "
        "dollars does one toy cost?"
    ),
    "cooking": T(
        "{a} pounds of cheese and {b} melons cost ${first}. {c} pounds of cheese and {b} melons cost ${second}. How "
        "many dollars does one melon cost?"
    ),
    "art": T(
        "{a} canvases and {b} brushes cost ${first}. {c} canvases and {b} brushes cost ${second}. How many dollars "
        "does one brush cost?"
    ),
    "games": T(
        "{a} card packs and {b} dice cost ${first}. {c} card packs and {b} dice cost ${second}. How many dollars does "
        "one of the dice cost?"
    ),
    "nature": T(
        "{a} trees and {b} rose bushes cost ${first}. {c} trees and {b} rose bushes cost ${second}. How many dollars "
        "does one rose bush cost?"
    ),
    "trains": T(
        "{a} long rides and {b} short rides cost ${first}. {c} long rides and {b} short rides cost ${second}. How "
        "many dollars does one short ride cost?"
    ),
}
"""``{a}`` and ``{b}`` cost ``{first}``; ``{c}`` (more than ``{a}``) and ``{b}`` cost ``{second}``; asks the second price."""

FEE_PLUS_RATE: Stories = {
    "soccer": T(
        "A soccer camp costs ${fee} to join and ${each} for each day. Write an equation for the cost {y} in dollars "
        "of {x} days."
    ),
    "basketball": T(
        "A gym costs ${fee} to join and ${each} for each month. Write an equation for the cost {y} in dollars of {x} "
        "months."
    ),
    "music": T(
        "A music school costs ${fee} to join and ${each} for each lesson. Write an equation for the cost {y} in "
        "dollars of {x} lessons."
    ),
    "animals": T(
        "A fish tank costs ${fee} and each fish costs ${each}. Write an equation for the cost {y} in dollars of the "
        "tank with {x} fish."
    ),
    "cooking": T(
        "A party room costs ${fee} and each guest costs ${each}. Write an equation for the cost {y} in dollars of {x} "
        "guests."
    ),
    "art": T(
        "A print shop asks ${fee} for the setup and ${each} for each poster. Write an equation for the cost {y} in "
        "dollars of {x} posters."
    ),
    "games": T(
        "A game console rents for ${fee} and each game for ${each}. Write an equation for the cost {y} in dollars of "
        "the console with {x} games."
    ),
    "nature": T(
        "A boat rents for ${fee} and ${each} for each hour. Write an equation for the cost {y} in dollars of {x} hours."
    ),
    "trains": T(
        "A model railway costs ${fee} and each extra car costs ${each}. Write an equation for the cost {y} in dollars "
        "of the railway with {x} extra cars."
    ),
}
"""Once ``{fee}`` dollars and ``{each}`` dollars for each of ``{x}``; asks an equation for the cost ``{y}`` (LaTeX letters)."""

SHORT_CUT: Stories = {
    "soccer": T(
        "A soccer field is {a} feet wide and {b} feet long. {name} runs from one corner to the opposite one straight "
        "across instead of along two sides. How many feet shorter is that?"
    ),
    "animals": T(
        "A dog park is {a} feet wide and {b} feet long. A dog runs from one corner to the opposite one straight "
        "across instead of along two sides. How many feet shorter is that?"
    ),
    "nature": T(
        "A meadow is {a} feet wide and {b} feet long. {name} walks from one corner to the opposite one straight "
        "across instead of along two sides. How many feet shorter is that?"
    ),
    "trains": T(
        "A train yard is {a} feet wide and {b} feet long. {name} walks from one corner to the opposite one straight "
        "across instead of along two sides. How many feet shorter is that?"
    ),
    "games": T(
        "In a game, a square-cornered hall is {a} feet wide and {b} feet long. A player runs from one corner to the "
        "opposite one straight across instead of along two walls. How many feet shorter is that?"
    ),
}
"""A rectangle of ``{a}`` by ``{b}`` feet; asks how much shorter the diagonal is than two sides."""

HOW_MANY_PAID: Stories = {
    "soccer": T(
        "A soccer camp costs ${fee} to join and ${each} for each day. {name} pays ${total} in all. How many days does "
        "{name} go?"
    ),
    "basketball": T(
        "A gym costs ${fee} to join and ${each} for each month. {name} pays ${total} in all. How many months is that?"
    ),
    "music": T(
        "A music school costs ${fee} to join and ${each} for each lesson. {name} pays ${total} in all. How many "
        "lessons is that?"
    ),
    "animals": T(
        "A fish tank costs ${fee} and each fish costs ${each}. {name} pays ${total} in all. How many fish does {name} "
        "buy?"
    ),
    "cooking": T(
        "A party room costs ${fee} and each guest costs ${each}. {name} pays ${total} in all. How many guests come?"
    ),
    "art": T(
        "A print shop asks ${fee} for the setup and ${each} for each poster. {name} pays ${total} in all. How many "
        "posters is that?"
    ),
    "nature": T(
        "A boat rents for ${fee} and ${each} for each hour. {name} pays ${total} in all. How many hours is that?"
    ),
    "trains": T(
        "A model railway costs ${fee} and each extra car costs ${each}. {name} pays ${total} in all. How many extra "
        "cars is that?"
    ),
}
"""Once ``{fee}`` dollars and ``{each}`` dollars apiece make ``{total}``; asks how many."""

TWO_PLANS: Stories = {
    "soccer": T(
        "One soccer camp costs ${fee} to join and ${each} for each day. Another costs ${fee2} to join and ${each2} "
        "for each day. For how many days do they cost the same?"
    ),
    "music": T(
        "One music school costs ${fee} to join and ${each} for each lesson. Another costs ${fee2} to join and "
        "${each2} for each lesson. For how many lessons do they cost the same?"
    ),
    "art": T(
        "One print shop asks ${fee} for the setup and ${each} for each poster. Another asks ${fee2} and ${each2} for "
        "each poster. For how many posters do they cost the same?"
    ),
    "games": T(
        "One arcade costs ${fee} to enter and ${each} for each game. Another costs ${fee2} to enter and ${each2} for "
        "each game. For how many games do they cost the same?"
    ),
    "nature": T(
        "One boat rents for ${fee} and ${each} for each hour. Another rents for ${fee2} and ${each2} for each hour. "
        "For how many hours do they cost the same?"
    ),
    "trains": T(
        "One train pass costs ${fee} and ${each} for each ride. Another costs ${fee2} and ${each2} for each ride. For "
        "how many rides do they cost the same?"
    ),
}
"""``{fee}`` and ``{each}`` apiece against ``{fee2}`` and ``{each2}`` apiece; asks when they are equal."""
