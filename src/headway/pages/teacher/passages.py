"""Passages to read aloud that ship with Headway, written for it; schools with passages of their own paste those in.

They are not equated: a series should stay with one kind of passage.
"""

from __future__ import annotations

PASSAGES: tuple[tuple[str, str], ...] = (
    (
        "The pond behind the school",
        (
            "Behind our school there is a small pond. In winter the ice is gray and the reeds stand stiff like old brooms. In "
            "spring the first thing you hear is a frog. You cannot see it, but you know where it sits, because every time you "
            "take a step it stops, and when you stand still it begins again. Last year our class built a wooden path so that "
            "nobody would step on the eggs. We carried the boards in pairs and counted out loud to keep in step. It took us "
            "four afternoons. On the last one it rained so hard that the nails shone, and our teacher asked if we wanted to "
            "go in. Nobody did. Now there is a bench at the end of the path. When you sit there long enough, a heron comes. It "
            "stands on one leg and looks as if it were thinking about something sad. Then it moves so fast that you only see "
            "the rings on the water. My little sister says the heron is a clock that has only one hand. I like to go there "
            "before a test, because the pond does not know that there is a test."
        ),
    ),
    (
        "The bus that came early",
        (
            "On Tuesday the bus came six minutes early and left without me. I stood at the corner with my bag and a cake for "
            "the class in both hands. It was too far to walk with a cake. A man in a yellow vest was mending the street light, "
            "and he asked me what was wrong. I told him. He looked at the cake and then at his truck. “I can’t drive you,” he "
            "said, “but I can lend you a cart.” It was a small one with two wheels, for carrying tools. We put the cake in it "
            "and tied the box down with a rope. I pushed it all the way along the river. People smiled at me, and a dog walked "
            "beside the cart for three blocks because of the smell. When I came to school the first lesson was over. My "
            "teacher wanted to be angry, but then she saw the rope and the cart and the dog. At noon we ate the cake, which "
            "was a little flat on one side. After school I pushed the cart back. The man was up on his ladder, and the light "
            "above him was already on. I had kept a piece of cake for him."
        ),
    ),
)
