"""Stories for grades 6 and 7: ratios, rates, percents (see ``contexts``).

Each table says in its docstring what its fields are and what is asked.
"""

from __future__ import annotations

from headway.core.curriculum.generators.contexts import Stories
from headway.core.text import T

HOW_MANY_FIT: Stories = {
    "soccer": T(
        "A groundskeeper has {total} bags of chalk. Marking one soccer field takes {piece} of a bag. How many fields "
        "can be marked?"
    ),
    "music": T(
        "A recording lasts {total} hours. One track lasts {piece} of an hour. How many tracks long is the recording?"
    ),
    "animals": T(
        "{name} has {total} pounds of birdseed. One feeder takes {piece} of a pound. How many feeders is that enough "
        "for?"
    ),
    "cooking": T("{name} has {total} cups of rice. One serving takes {piece} of a cup. How many servings is that?"),
    "art": T("{name} has {total} yards of ribbon. One bow takes {piece} of a yard. How many bows is that enough for?"),
    "nature": T(
        "A trail is {total} miles long. There is a marker every {piece} of a mile. How many of these stretches make "
        "up the trail?"
    ),
    "fashion": T(
        "{name} has {total} yards of cloth. One scarf takes {piece} of a yard. How many scarves is that enough for?"
    ),
}
"""A mixed number ``{total}``, a fraction ``{piece}`` (both LaTeX); asks how many pieces fit (a fraction may result)."""

MEET_AGAIN: Stories = {
    "soccer": T(
        "Today {name} has soccer practice and {friend} has too. {name} practices every {a} days, {friend} every {b} "
        "days. In how many days do both practice on the same day again?"
    ),
    "music": T(
        "One drum beats every {a} counts and another every {b} counts. They start on the same beat. After how many "
        "counts do they beat together again?"
    ),
    "animals": T(
        "A zoo bathes its elephants every {a} days and its tortoises every {b} days. Today it bathes both. In how "
        "many days does it bathe both again?"
    ),
    "space": T(
        "One satellite passes over a city every {a} hours and another every {b} hours. Both pass over it now. In how "
        "many hours do both pass over it at the same time again?"
    ),
    "games": T(
        "In a game, a bonus appears every {a} seconds and a shield every {b} seconds. Both have just appeared. After "
        "how many seconds do both appear together again?"
    ),
    "nature": T(
        "{name} waters the cactus every {a} days and the fern every {b} days. Today both get water. In how many days "
        "do both get water again?"
    ),
    "trains": T(
        "A red train leaves every {a} minutes and a blue train every {b} minutes. Both have just left. In how many "
        "minutes do both leave at the same time again?"
    ),
}
"""Two cycles ``{a}`` and ``{b}``, neither dividing the other; asks for the least common multiple."""

RATIO: Stories = {
    "soccer": T(
        "A soccer club has {b} goalkeepers and {a} field players. What is the ratio of field players to goalkeepers?"
    ),
    "basketball": T("{name} makes {a} free throws and misses {b}. What is the ratio of throws made to throws missed?"),
    "music": T("A band has {b} drummers and {a} singers. What is the ratio of singers to drummers?"),
    "animals": T("A shelter has {a} cats and {b} dogs. What is the ratio of cats to dogs?"),
    "space": T("A model kit has {b} rockets and {a} satellites. What is the ratio of satellites to rockets?"),
    "cooking": T("A recipe takes {b} cups of milk and {a} cups of flour. What is the ratio of flour to milk?"),
    "art": T(
        "{name} mixes {a} drops of blue paint and {b} drops of yellow paint. What is the ratio of blue to yellow?"
    ),
    "games": T("{name} has {b} attack cards and {a} shield cards. What is the ratio of shield cards to attack cards?"),
    "nature": T(
        "A garden has {a} rose bushes and {b} tomato plants. What is the ratio of rose bushes to tomato plants?"
    ),
    "fashion": T("A bracelet has {b} silver beads and {a} red beads. What is the ratio of red beads to silver beads?"),
    "trains": T(
        "A train has {a} dining cars and {b} sleeping cars. What is the ratio of dining cars to sleeping cars?"
    ),
    "comics": T(
        "A shelf holds {b} superhero comics and {a} manga books. What is the ratio of manga books to superhero comics?"
    ),
}
"""Counts of two kinds; asks for the ratio ``{a}`` to ``{b}``, in half of the stories not in the order told."""

UNIT_PRICE: Stories = {
    "soccer": T(
        "{many} soccer balls cost ${cost}. All balls have the same price. How many dollars do {more} balls cost?"
    ),
    "music": T(
        "{many} guitar strings cost ${cost}. All strings have the same price. How many dollars do {more} strings cost?"
    ),
    "animals": T(
        "{many} cans of cat food cost ${cost}. All cans have the same price. How many dollars do {more} cans cost?"
    ),
    "cooking": T("{many} pounds of peppers cost ${cost}. How many dollars do {more} pounds cost at the same price?"),
    "art": T(
        "{many} sketchbooks cost ${cost}. All of them have the same price. How many dollars do {more} sketchbooks cost?"
    ),
    "games": T(
        "{many} packs of game cards cost ${cost}. All packs have the same price. How many dollars do {more} packs cost?"
    ),
    "nature": T(
        "{many} packets of seeds cost ${cost}. All packets have the same price. How many dollars do {more} packets "
        "cost?"
    ),
    "trains": T(
        "{many} train tickets cost ${cost}. All tickets have the same price. How many dollars do {more} tickets cost?"
    ),
    "comics": T(
        "{many} comic books cost ${cost}. All of them have the same price. How many dollars do {more} comic books cost?"
    ),
}
"""``{many}`` cost ``{cost}`` dollars; asks the price of ``{more}`` in dollars."""

SPEED: Stories = {
    "soccer": T(
        "{name} kicks a ball against a wall {distance} times in {time} minutes. How many kicks is that per minute?"
    ),
    "music": T(
        "A printer makes {distance} copies of a song sheet in {time} minutes. How many copies is that per minute?"
    ),
    "animals": T("A bird flies {distance} miles in {time} hours. How many miles is that per hour?"),
    "space": T("A rover drives {distance} yards in {time} hours. How many yards is that per hour?"),
    "cooking": T("A machine shapes {distance} dumplings in {time} minutes. How many dumplings is that per minute?"),
    "games": T("{name} scores {distance} points in {time} minutes. How many points is that per minute?"),
    "nature": T("A river carries a leaf {distance} yards in {time} minutes. How many yards is that per minute?"),
    "trains": T("A train goes {distance} miles in {time} hours. How many miles is that per hour?"),
    "comics": T("A shop sells {distance} comic books in {time} days. How many comic books is that per day?"),
}
"""``{distance}`` of something in ``{time}``; asks how many per one unit of time (may be a decimal or fraction)."""

SCALE_UP: Stories = {
    "soccer": T(
        "A sports drink takes {a} scoops of powder for every {b} cups of water. How many scoops go with {d} cups of "
        "water?"
    ),
    "music": T("A music school lends {a} guitars for every {b} drums. How many guitars go with {d} drums?"),
    "animals": T(
        "A zoo feeds {a} buckets of fruit for every {b} buckets of hay. How many buckets of fruit go with {d} buckets "
        "of hay?"
    ),
    "cooking": T(
        "A soup takes {a} cups of beans for every {b} cups of broth. How many cups of beans go with {d} cups of broth?"
    ),
    "art": T(
        "A shade of green takes {a} parts blue for every {b} parts yellow. How many parts blue go with {d} parts "
        "yellow?"
    ),
    "games": T("A player trades {a} gems for every {b} coins. How many gems does the player give for {d} coins?"),
    "nature": T(
        "A gardener mixes {a} shovels of compost with every {b} shovels of soil. How many shovels of compost go with "
        "{d} shovels of soil?"
    ),
    "fashion": T(
        "A pattern uses {a} gold beads for every {b} black beads. How many gold beads go with {d} black beads?"
    ),
}
"""A ratio ``{a}`` to ``{b}``; asks what goes with ``{d}`` of the second kind."""

PERCENT_OF: Stories = {
    "soccer": T("A stadium has {whole} seats. {percent}% of them are sold. How many seats are sold?"),
    "basketball": T("{name} takes {whole} shots this season and makes {percent}% of them. How many shots go in?"),
    "music": T("{name} has {whole} songs. {percent}% of them are salsa. How many songs are salsa?"),
    "animals": T("A farm has {whole} chickens. {percent}% of them are brown. How many chickens are brown?"),
    "cooking": T("A bakery makes {whole} rolls and sells {percent}% of them before noon. How many rolls is that?"),
    "art": T("A mosaic has {whole} tiles. {percent}% of them are blue. How many tiles are blue?"),
    "games": T("A game has {whole} levels. {name} has finished {percent}% of them. How many levels is that?"),
    "nature": T("A forest plot has {whole} trees. {percent}% of them are pines. How many pines are there?"),
    "trains": T("A train has {whole} seats. {percent}% of them are taken. How many seats are taken?"),
    "comics": T("A comic has {whole} pages. {name} has read {percent}% of them. How many pages is that?"),
}
"""``{percent}`` % of ``{whole}``; asks the part."""

PERCENT_WHOLE: Stories = {
    "soccer": T("{part} fans wear red. That is {percent}% of all the fans at the game. How many fans are at the game?"),
    "basketball": T("{name} makes {part} shots. That is {percent}% of the shots taken. How many shots were taken?"),
    "music": T("{part} singers are in grade 6. That is {percent}% of the choir. How many singers are in the choir?"),
    "animals": T(
        "{part} fish in an aquarium are striped. That is {percent}% of all its fish. How many fish are in the aquarium?"
    ),
    "cooking": T(
        "{name} has rolled {part} tortillas. That is {percent}% of all that are needed. How many tortillas are needed?"
    ),
    "games": T("{name} has collected {part} badges. That is {percent}% of all badges. How many badges are there?"),
    "nature": T(
        "{part} of the birds counted were robins. That is {percent}% of all the birds. How many birds were counted?"
    ),
    "comics": T("{name} has read {part} pages. That is {percent}% of the book. How many pages does the book have?"),
}
"""``{part}`` is ``{percent}`` % of something; asks the whole."""

FRACTION_RATE: Stories = {
    "soccer": T(
        "A machine mows {amount} of a soccer field in {time} of an hour. How many soccer fields does it mow per hour?"
    ),
    "music": T(
        "A copier prints {amount} of a songbook in {time} of a minute. How many songbooks does it print per minute?"
    ),
    "animals": T("A tortoise walks {amount} of a mile in {time} of a day. How many miles does it walk per day?"),
    "space": T("A rover drives {amount} of a mile in {time} of a day. How many miles does it drive per day?"),
    "cooking": T("A tap fills {amount} of a pot in {time} of a minute. How many pots does it fill per minute?"),
    "art": T("{name} paints {amount} of a wall in {time} of an hour. How many walls does {name} paint per hour?"),
    "nature": T(
        "{name} hikes {amount} of a trail in {time} of an hour. How many trails of this length is that per hour?"
    ),
    "trains": T("A toy train goes {amount} of a lap in {time} of a minute. How many laps does it go per minute?"),
}
"""``{amount}`` (a fraction or mixed number) in ``{time}`` (a fraction), both LaTeX; asks how much in one."""

MIXED_RATE: Stories = {
    "soccer": T(
        "A machine rolls {amount} soccer fields in {time} of an hour. How many soccer fields does it roll per hour?"
    ),
    "animals": T("A flock of geese flies {amount} miles in {time} of an hour. How many miles does it fly per hour?"),
    "space": T("A rover drives {amount} miles in {time} of a day. How many miles does it drive per day?"),
    "cooking": T("A tap fills {amount} pots in {time} of a minute. How many pots does it fill per minute?"),
    "art": T("A machine coats {amount} walls in {time} of an hour. How many walls does it coat per hour?"),
    "nature": T("{name} hikes {amount} miles in {time} of a day. How many miles is that per day?"),
    "trains": T("A toy train goes {amount} laps in {time} of a minute. How many laps does it go per minute?"),
}
"""``{amount}`` (a mixed number) in ``{time}`` (a fraction), both LaTeX; asks how much in one."""

DISCOUNT: Stories = {
    "soccer": T(
        "A pair of soccer shoes costs ${price}. In a sale it is {percent}% cheaper. How many dollars does it cost now?"
    ),
    "basketball": T(
        "A basketball costs ${price}. In a sale it is {percent}% cheaper. How many dollars does it cost now?"
    ),
    "music": T("A ukulele costs ${price}. In a sale it is {percent}% cheaper. How many dollars does it cost now?"),
    "animals": T("A dog bed costs ${price}. In a sale it is {percent}% cheaper. How many dollars does it cost now?"),
    "space": T("A star map costs ${price}. In a sale it is {percent}% cheaper. How many dollars does it cost now?"),
    "cooking": T("A pan costs ${price}. In a sale it is {percent}% cheaper. How many dollars does it cost now?"),
    "art": T("A set of brushes costs ${price}. In a sale it is {percent}% cheaper. How many dollars does it cost now?"),
    "games": T("A game costs ${price}. In a sale it is {percent}% cheaper. How many dollars does it cost now?"),
    "fashion": T("A jacket costs ${price}. In a sale it is {percent}% cheaper. How many dollars does it cost now?"),
    "trains": T("A model train costs ${price}. In a sale it is {percent}% cheaper. How many dollars does it cost now?"),
    "comics": T(
        "A box of comics costs ${price}. In a sale it is {percent}% cheaper. How many dollars does it cost now?"
    ),
}
"""``{price}`` dollars, ``{percent}`` % off; asks the new price."""
