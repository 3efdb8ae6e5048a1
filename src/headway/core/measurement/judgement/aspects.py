"""What a judge can say of a text with one tap: that this works, or that it is the writer's next step.

The eight are what rubrics of school writing have in common (such as 6+1 Trait Writing): content, reasons, order, opening
and close, sentences, words, conventions, and whether the text does what was asked.
"""

from __future__ import annotations

from dataclasses import dataclass

from headway.core.text import T, Text


@dataclass(frozen=True, slots=True)
class Aspect:
    """``name`` for adults and learners; ``works`` and ``step`` speak to the writer; ``lesson``: what a class does with it,
    first together, then alone, then in each learner's own text."""

    key: str
    name: Text
    works: Text
    step: Text
    lesson: tuple[Text, Text, Text]


_ALL = (
    Aspect(
        "task",
        T("Does what was asked"),
        T("Your text does what was asked."),
        T("Read the task again. Does each part of your text answer it? Change one part that does not."),
        (
            T("Read the task aloud together. Underline the words that say what to do."),
            T("Each of you: find the place in one of the texts that does it best."),
            T("In your own text, mark each sentence that does what was asked. Change one that does not."),
        ),
    ),
    Aspect(
        "ideas",
        T("Ideas and details"),
        T("Your ideas and details let readers see what you mean."),
        T("Choose one place in your text. Add what a reader could see, hear or feel there."),
        (
            T("Find a sentence in one of the texts that lets you see something. What makes it work?"),
            T("Take the sentence “It was a nice day.” Write it anew so that a stranger sees the day."),
            T("In your own text, choose one sentence that only tells. Write it anew so that it shows."),
        ),
    ),
    Aspect(
        "reasons",
        T("Reasons and evidence"),
        T("Your reasons and facts convince readers."),
        T("Choose your main point. Add one reason or fact that shows that it is so."),
        (
            T("Find a point in one of the texts. Which reason or fact stands behind it?"),
            T("Give the weakest point of that text one more reason. Compare with a partner: whose convinces more?"),
            T("In your own text, underline your points. Add a reason or a fact to the one that has none."),
        ),
    ),
    Aspect(
        "order",
        T("Order"),
        T("Readers can follow the order of your text."),
        T(
            "Write one word beside each part of your text that says what it is about. Would another order be easier to follow?"
        ),
        (
            T("Take one of the texts. Write beside each part, in one word, what it is about. Is there a thread?"),
            T("Try another order of the parts. Which one is easier to follow, and why?"),
            T("Do the same with your own text. Move one part, or add a sentence that leads to the next."),
        ),
    ),
    Aspect(
        "frame",
        T("Beginning and ending"),
        T("Your beginning makes readers go on, and your ending closes the text."),
        T("Write a new first sentence that makes a reader want to go on, or a last one that closes the text."),
        (
            T("Read only the first and the last sentence of each text. Which makes you want to read on?"),
            T("Write two other first sentences for one of the texts: one that asks, one that shows."),
            T("In your own text, write a new first or last sentence. Let a partner choose between old and new."),
        ),
    ),
    Aspect(
        "sentences",
        T("Sentences"),
        T("Your sentences read well aloud."),
        T("Read your text aloud. Join two short sentences, or cut a long one in two."),
        (
            T("Read a part of one text aloud. Where do you run out of breath? Where does it bump?"),
            T("Join two of its short sentences in two ways. Which one reads better?"),
            T("Read your own text aloud to a partner. Join or cut sentences in two places."),
        ),
    ),
    Aspect(
        "words",
        T("Choice of words"),
        T("Your words are exact and alive."),
        T("Find three words that could mean anything, such as “thing” or “good”. Choose exact ones."),
        (
            T("Find three words in the texts that could not be swapped for another. Why not?"),
            T("Collect ten words for “said” or “went”. When does each one fit?"),
            T("In your own text, find three words that could mean anything. Choose exact ones."),
        ),
    ),
    Aspect(
        "conventions",
        T("Spelling and punctuation"),
        T("Your spelling and punctuation make your text easy to read."),
        T("Read your text twice: once only for spelling, once only for the end of each sentence. Mend what you find."),
        (
            T("Read a part of one text aloud exactly as its punctuation says. Where does it mislead?"),
            T("Mend that part together. Say for each change what it does for a reader."),
            T("Read your own text twice: once only for spelling, once only for the end of each sentence."),
        ),
    ),
)
ASPECTS: dict[str, Aspect] = {aspect.key: aspect for aspect in _ALL}
"""By key, in the order in which they are shown."""
