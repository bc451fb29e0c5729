module.exports = {
  name: 'Sea and Sky',
  description:
    'Natural history for people who go outside: what lives between the tides and what turns overhead.',
  groups: [
    {
      name: 'The Seashore',
      description: 'Tide pools, seaweeds and the birds that depend on them.',
      books: [
        {
          name: 'Between the Tides',
          author: 'Morwenna Pascoe',
          chapters: [
            {
              name: 'Reading the Tide',
              posts: [
                {
                  title: 'Springs, neaps and the day to go',
                  level: 'beginner',
                  metaDescription:
                    'Why the lowest tides come two days after a full or new moon, and how to pick the hour for a walk among the pools.',
                  body: `Twice a month, around new and full moon, Sun and Moon pull along one line and the sea moves furthest: very high, and some six hours later very low. These are the spring tides, and the word has nothing to do with the season. In the weeks between, with the Moon at the half, the two pull at right angles and the neaps hardly wet the middle of the beach.

For the pools you want a spring low. It comes a day or two after the full or new moon, because the oceans take time to answer, and at any given harbour it falls at roughly the same hour every time. On the north coast of Cornwall that hour is about noon; at Dover it is about six in the morning and evening.

Be at the water's edge an hour before low water and follow the sea down. Turn round when the tables say so, not when you feel like it. The tide comes in slowly for an hour, then quickly for four, and it likes to fill the gully behind you first.`,
                },
                {
                  title: 'The rule of twelfths',
                  level: 'intermediate',
                  body: `A tide does not rise at an even pace. It starts from rest, gathers speed, runs fastest halfway and slows again, like a child on a swing. Sailors keep the curve in their heads as a row of six numbers: one, two, three, three, two, one.

Divide the range, that is the height of high water less the height of low, into twelve parts. In the first hour after low water the sea rises by one of them, in the second by two, in the third and fourth by three each, in the fifth by two and in the sixth by one. On a spring tide of six metres the third hour alone brings a metre and a half of water. On flat sand that is a wall that walks.

The rule fits most Atlantic coasts well enough for a picnic. It fails in places with odd geography: Southampton has a double high water, the Gulf of Tonkin only one tide a day, and in parts of the Baltic there is no tide to speak of.`,
                },
                {
                  title: 'Four zones in forty steps',
                  body: `Walk straight down a rocky shore at low water and you cross four countries. Each is governed by one question: how many hours a day can you go without the sea?

At the top is the splash zone, black with a lichen so thin that people take it for spilt oil. Tiny periwinkles live in its cracks and graze on damp nights. Next come the barnacles, a white band as clear as the ring on a bath. They are shut for most of the day, and feed with their feet when the water returns. Below them brown wrack begins: channel wrack first, then spiral, bladder and saw, always in that order, from the one that can lose nine tenths of its water to the one that cannot bear to lose half.

At the bottom, where only spring tides uncover it, lies the kelp, slippery and as tall as a person. Here the limits change. The upper border of each creature is set by drought; the lower one, nearly always, by somebody who eats it.`,
                },
              ],
            },
            {
              name: 'Animals of the Pools',
              description:
                'Anemones, crabs, limpets and blennies: how each survives twelve hours of heat, rain and gulls before the sea comes back.',
              posts: [
                {
                  title: 'The beadlet anemone is not a flower',
                  excerpt: 'It walks, it fights, and it can live longer than your dog.',
                  body: `Out of the water it is a blob of dark red jelly the size of a wine gum. Under water it opens two hundred tentacles, each armed with cells that fire a barbed thread faster than a rifle accelerates a bullet. A shrimp brushes against it and stops. To a human finger it merely feels sticky, because the threads are too short for our skin.

Beadlets look rooted and are not. They creep on a muscular foot, some centimetres in a day, and when two of different families meet, they fight. Around the rim of the column lie bright blue beads. The aggressor swells these, leans over and presses them on its neighbour, leaving strips of stinging skin. The loser lets go of the rock and rolls away.

They give birth through the mouth, to finished miniature anemones, and nobody knows how long they may live. One collected at North Berwick in 1828, known as Granny, died in captivity in 1887, having outlasted several of the professors who kept her.`,
                },
                {
                  title: 'Home scars of the limpet',
                  level: 'beginner',
                  body: `A limpet at low tide seems as immobile as a bolt. Mark its shell with a dab of paint, come back at night when the rock is wet, and it will be half a metre away, swinging its head from side to side and scraping algae from the stone. Before the rock dries it will have returned to the very spot it left, facing the same way.

It has to. Over the years the edge of the shell has been ground to fit one place, and on soft stone the place has been ground to fit the shell. This oval groove, the home scar, keeps the seal tight, and a cupful of water inside the shell keeps the gills wet until the sea is back.

The teeth on its tongue are made of goethite fibres in protein, and are the strongest biological material yet measured, stronger than spider silk. A large limpet leaves zigzag tracks in the green film. Remove all the limpets from a rock, as an oil spill once did, and within a year it is a meadow.`,
                },
              ],
            },
            {
              name: 'Seaweeds',
              posts: [
                {
                  title: 'Brown, red and green',
                  body: `Seaweeds are sorted by colour, and the colours are honest: they say who the cousins are. Green seaweeds share their pigments, and an ancestor, with land plants. Red ones split off more than a billion years ago. The brown ones are no relations at all; they are closer to the diatoms in the plankton than to any leaf in a garden.

The old explanation that each colour is fitted to a depth is only half true. Water swallows red light first, then yellow, so that below fifteen metres the world is blue-green. Red seaweeds own a pigment, phycoerythrin, that drinks exactly this light, and the deepest plant ever found, a crust at 268 metres off the Bahamas, is indeed red. But reds also grow in the sunniest pools, and a few greens in deep shade.

To tell them apart on the strand, hold a dried piece to the light. A red bleaches to yellow or purple, a brown turns almost black, and a green becomes as thin and white as paper.`,
                },
                {
                  title: 'Cooking with dulse and laver',
                  body: `Both are red, both are cut from the middle shore in spring, and both have kept coastal people alive in bad winters. Dulse is a flat purple hand as thick as kid leather. Laver is so thin, a single layer of cells, that on the rock it looks like a torn bin bag.

Dulse is dried in the wind and eaten like crisps; in a hot pan with a little oil it turns green in seconds and tastes of bacon, because it is rich in the same glutamates. Crumble it over potatoes or into scones.

Laver wants time. Wash it in seven waters, since it holds sand like nothing else, and simmer it for five hours until it collapses into a dark paste. The Welsh roll the paste in oatmeal and fry it for breakfast. Japanese nori is the same plant, chopped and pressed on screens.

Cut, do not pull, and take no more than a third of any one plant. Pick only where the water is clean, and never after heavy rain near a river mouth.`,
                },
                {
                  title: 'A kelp forest lives one winter at a time',
                  level: 'advanced',
                  draft: true,
                  body: `The kelp called cuvie, *Laminaria hyperborea*, has a stalk as rough as bark and may stand for fifteen years, which is an age for a seaweed. Each spring it grows a new frond at the base of the old one and pushes last year's up and away like a sleeve. By May the old frond tears off, and whole beaches are buried under the rags.

Divers read the age of a plant in its stalk, where dark rings mark the winters. What they find in the forest depends on those stalks. Smooth-stalked species shed whatever settles on them; the rough cuvie carries gardens of red seaweed, and in the gardens live up to eighty thousand small animals per square metre.

All this hangs on cold. Above 20 °C the spores fail, and along the southern edge of its range the species has retreated by some two hundred kilometres since the 1980s. Its place is being taken by golden kelp, smooth, short-lived and bare.`,
                },
              ],
            },
          ],
        },
        {
          name: 'Birds of the Coast',
          author: 'Ewan Sinclair',
          description: 'How to watch birds by the sea, season by season, with cold hands and a warm flask.',
          chapters: [
            {
              name: 'Waders',
              posts: [
                {
                  title: 'Long bills, short bills',
                  level: 'beginner',
                  body: `Twelve kinds of wader may feed on one mudflat without getting in each other's way. The secret lies in their bills. The ringed plover's is a short peg: it runs, stops, looks, and takes what it sees on the surface. The dunlin's is a slightly curved needle of three centimetres, sewing along the tideline for worms in the top of the mud. The redshank reaches four centimetres, the godwit ten, and the curlew, with fifteen, pulls lugworms from the bottom of their burrows.

The tip of a long bill is alive. Under its horn lie pits full of touch cells, and the sandpipers' are so fine that a knot can feel a buried cockle by the pressure of the water squeezed around it. The upper half can bend, too, so that a snipe with its bill in the ground opens only the last centimetre, like tweezers.

When you cannot name a wader, do not begin with its plumage, which changes twice a year. Begin with the bill, then the legs, and then how it walks.`,
                },
                {
                  title: 'Why knots fly in clouds',
                  body: `A flock of ten thousand knots over the Wash behaves like smoke with a mind. It stretches, folds, turns white as every belly faces you, and vanishes into grey as they bank. No bird leads. Films slowed down to a thousandth of a second show that each one steers by its six or seven nearest neighbours, keeping its distance and matching their direction, and that a turn begun at one edge crosses the flock faster than any single bird could react. They see the wave coming.

The cloud is an answer to the peregrine. A falcon has to choose one bird and keep its eye on it, and in a flock that flashes from dark to light that is as hard as following one raindrop.

Knots have just come from Greenland or Arctic Canada, and have shrunk their stomachs for the journey. On arrival they grow them back, because they swallow cockles whole and crush them inside. You can hear it, they say, if you hold one to your ear.`,
                },
              ],
            },
            {
              name: 'Gulls and Terns',
              posts: [
                {
                  title: 'Ageing a herring gull',
                  level: 'advanced',
                  body: `People say they cannot tell gulls apart, and no wonder: a herring gull needs four years to grow up and looks like a different bird in each.

In its first winter it is brown all over, chequered like tweed, with a black bill and dark eyes. In the second the back shows a saddle of clean grey, the base of the bill turns pink and the eye begins to pale. In the third it seems almost adult, but there is black in the tail and a smudge on the bill. Only in the fourth does it wear the full uniform: silver back, black wing tips with white mirrors, yellow bill with a red spot, and that pale, disapproving eye.

The red spot is a button. Chicks peck at it, and the parent brings up food. Niko Tinbergen showed in 1947 that a knitting needle with three red bands works even better than a parent's head, which taught biologists a good deal about instinct, and perhaps something about advertising.`,
                },
                {
                  title: 'The Arctic tern sees two summers',
                  metaTitle: 'The Arctic Tern: Two Summers and 70,000 km a Year',
                  body: `Weighing as much as a bar of soap, the Arctic tern breeds as far north as there is land and spends our winter at the edge of the Antarctic ice. No other creature sees so much daylight. When tags light enough for the job were fitted to birds in Greenland, the figures were larger than anybody had dared to guess: 71,000 kilometres in a year, and in a life of thirty years three journeys to the Moon and back.

They do not fly straight. Southbound they stop for a month in the middle of the North Atlantic, where cold and warm currents meet and the sea is thick with small fish. Then they split: some follow the bulge of Africa, some cross to Brazil. On the way home they draw an enormous S, keeping the wind behind them all the way.

At the colony they are fury itself. Hold a stick above your head when you pass, because they strike at the highest point, and walk where the wardens have put the ropes. The eggs look exactly like pebbles.`,
                },
                {
                  title: 'Stealing chips as a way of life',
                  body: `Biologists call it kleptoparasitism, and the word makes it sound rare. Skuas live by it, frigatebirds are built for it, and any gull in a seaside town will practise it on your lunch.

In an experiment in Brighton, researchers put crisps in bags of different colours on the pebbles and watched. Gulls pecked far more often at a bag of the same colour as the one from which a person sat eating. Others timed how long the birds took to approach food while somebody stared at them: twenty seconds more on average than when the same person looked away. They watch our eyes, in other words, and draw conclusions.

The practical advice is simple. Eat with your back to a wall, because gulls attack from behind. Look up now and then. And do not feed the charming one that stands by itself and pats the lawn with its feet: it is drumming up worms, by imitating rain, and has no need of your chips at all.`,
                },
              ],
            },
            {
              name: 'The Year on the Cliff',
              posts: [
                {
                  title: 'Guillemot eggs do not roll away',
                  body: `A guillemot lays one egg on bare rock, on a ledge no wider than a paperback, shoulder to shoulder with its neighbours and a hundred metres above the sea. The egg is pointed like a pear. For a century every textbook explained that this makes it roll in a circle rather than over the edge.

It is a good story and not quite right. On a slope an egg that starts rolling is lost, whatever its shape. Tim Birkhead, who has studied the birds on Skomer since 1972, found that the long, nearly flat side of the egg touches the rock along a line, so that it tends not to begin to roll in the first place. The shape also keeps the blunt end, where the chick's head will be and where the shell breathes, out of the filth.

Each egg is patterned differently, in blue, green, white or rust, with scribbles as if somebody had tried out a pen. A parent returning in a crowd of thousands knows its own.`,
                  revision:
                    'Skomer counted 2,000 guillemots in 1972 and more than 28,000 half a century later, proof that a colony which is left in peace can recover.',
                },
                {
                  title: 'The night the shearwaters come home',
                  level: 'intermediate',
                  body: `Come to the island on a night without a moon, because they will not land when the gulls can see them. Sit down in the bracken, switch off the torch, and wait until after eleven. The first call is likely to come from right beneath you: a cackle and a sob, like a strangled cockerel. A mate has answered from its burrow.

Then the air fills. Manx shearwaters spend the day a hundred kilometres out and gather on the water at dusk in rafts of many thousands. Now they arrive at fifty kilometres an hour in total darkness and crash into the grass. On land they are helpless, their legs set so far back that they can only shuffle. You hear wings brush past your ear, and thuds on all sides.

Half the world's population breeds on three Welsh islands. In September the chicks, abandoned and fat, climb to the highest stone on a windy night, jump, and fly alone to Argentina.`,
                },
              ],
            },
          ],
        },
      ],
    },
    {
      name: 'The Night Sky',
      books: [
        {
          name: 'Finding North',
          author: 'Keala Moana Wright',
          chapters: [
            {
              name: 'Stars as Signposts',
              posts: [
                {
                  title: 'Polaris without a compass',
                  level: 'beginner',
                  metaTitle: 'How to Find Polaris and True North',
                  seo: {
                    metaTitle: 'Find the Pole Star with Your Bare Hands',
                    keywords: 'polaris, pole star, north, latitude, plough, cassiopeia',
                  },
                  facts: { star: 'Polaris', brightnessRank: 48, offsetDegrees: 0.65 },
                  metaDescription:
                    'Use the Plough or Cassiopeia to find the Pole Star, true north to within a degree, and your latitude with an outstretched hand.',
                  body: `The Pole Star is not the brightest in the sky; it comes about forty-eighth. Its distinction is that it hardly moves. The Earth's axis points within two thirds of a degree of it, so that everything else wheels round while Polaris stays above the same chimney all night.

Find the Plough, or Big Dipper, and take the two stars at the end of the bowl, away from the handle. The line through them, prolonged five times, leads to a fairly lonely star of middling brightness. That is it. If the Plough is low or behind trees, look on the opposite side for the W of Cassiopeia; the middle peak of the W points roughly the same way.

Drop a line from Polaris to the horizon and you are facing true north, to within a degree, which is better than a pocket compass that nobody has corrected for local iron. Its height above the horizon is your latitude: a fist at arm's length is ten degrees, a thumb two. In Hà Nội it stands two fists high, in Oslo six.`,
                },
                {
                  title: 'South by the Southern Cross',
                  body: `There is no southern pole star worth the name. Sigma Octantis sits close to the pole, but it is so faint that a street lamp puts it out. South of the equator, then, people build the pole out of geometry.

Crux is a small, bright kite. Beside it stand the two Pointers, Alpha and Beta Centauri; if you see a cross without them, you have found the False Cross, which has misled many. Follow the long axis of the kite from head to foot and carry on for four and a half times its length. Now draw another line, at right angles to the one joining the Pointers, starting midway between them. Where the two meet, in a patch of black sky, lies the pole. Drop straight down to the ground for south.

Once you know the distances, one hand does: spread from thumb to little finger at arm's length, it covers about twenty degrees, which is some two thirds of the way from the foot of the Cross.`,
                },
                {
                  title: 'Telling the time by the Plough',
                  level: 'advanced',
                  body: `The sky is a clock with one hand, and it runs backwards and gains four minutes a day. Draw a line from Polaris through the two pointers of the Plough. On the seventh of March, at midnight by local time, this hand points straight up.

From there the arithmetic is easy, if you imagine the dial with 24 hours running anticlockwise and zero at the top. Read where the hand points. Subtract two hours for every month since the seventh of March. What remains is the time. On the seventh of May, say, with the hand at the nine o'clock position of an ordinary dial, which is six on ours, it is six minus four: two in the morning.

Then correct for civilisation. Add an hour for summer time, and four minutes for every degree that you live west of the middle of your time zone. Medieval sailors did all this with a brass disc called a nocturnal, which had a tooth for each day, so that it could be counted in the dark.`,
                },
              ],
            },
            {
              name: 'The Pacific Art',
              description:
                'How Polynesian and Micronesian navigators cross an ocean by stars, swells and birds, without an instrument.',
              posts: [
                {
                  title: 'A compass of thirty-two houses',
                  body: `The Hawaiian navigator Nainoa Thompson divides the horizon into thirty-two houses, each a little over eleven degrees wide. A star rises out of one house and sets into the one that mirrors it on the western side, and it does so every night of the year, from every latitude he is likely to sail. So if you recognise a star as it comes up, you know a direction, and by the time it has climbed too high to be useful another one has risen in the same house.

A voyage is learned as a chant of names. From Hawai‘i to Tahiti the canoe must hold a little east of south against the wind that pushes it west, and the navigator remembers not numbers but a sequence: these stars off the bow at dusk, those on the port beam at midnight.

He sleeps hardly at all. In his mind the canoe stands still and the islands travel. Every dawn he says where they have got to, and on the thirtieth day there is a bird on the wind.`,
                },
                {
                  title: 'Swells felt in the dark',
                  level: 'advanced',
                  body: `When clouds cover the sky for three days a navigator still knows the way, because the sea remembers it. Swells are waves that have outrun the wind that made them. They cross whole oceans in straight lines, and in the trades around Micronesia three or four systems pass through each other all the time: a long one from the south, born in the storms around Antarctica, a shorter one from the north-east, and perhaps a third from the east.

To see them in a confused sea is hard, so many masters lie down in the hull and feel them. A canoe that takes the big swell on the quarter pitches and rolls in a rhythm of its own, and the least change of course alters the rhythm.

Islands bend swells. Behind an atoll two halves of the same swell meet and cross, and that knot of steep little waves can be felt thirty kilometres off. Marshall Islanders drew it in maps made of palm ribs and shells, to be studied on land and left there.`,
                },
              ],
            },
            {
              name: 'Sextant Days',
              posts: [
                {
                  title: 'What a noon sight tells you',
                  level: 'intermediate',
                  body: `Of everything one can do with a sextant, the noon sight needs the least mathematics. For a few minutes around local noon the Sun stops climbing and hangs. Bring its lower edge down to the horizon in the mirror, rock the instrument so that the Sun swings in an arc, and turn the screw until it kisses the line. Write down the greatest height that you get.

Add sixteen minutes of arc for the Sun's radius, take off a few for refraction and for the height of your eye, and you have the true altitude. Subtract it from ninety degrees. Then add the Sun's declination for the day, from the almanac, if it is summer in your hemisphere, and subtract it in winter. The result is your latitude, to within a couple of miles if the horizon is sharp.

Longitude comes nearly free. Note the time when the Sun stood highest. Each four minutes after twelve at Greenwich is one degree west, and the hard part is only that it hangs there so long.`,
                },
                {
                  title: 'Harrison and the sea clock',
                  excerpt:
                    'A carpenter from Yorkshire solved the greatest problem of navigation, and was paid late.',
                  body: `In 1714 Parliament offered twenty thousand pounds to anybody who could find longitude at sea to within half a degree. Astronomers were sure that the answer lay in the Moon. John Harrison, a carpenter who had taught himself to build clocks from oak and brass, thought that it lay in a box.

A ship that carries the time of its harbour need only compare it with local noon. But no pendulum works on a rolling deck, and metal parts swell in the tropics. Harrison's first three sea clocks, the size of suitcases, took him thirty years. The fourth looked like a large pocket watch, thirteen centimetres across, beating five times a second with a balance too quick for the sea to disturb.

On the way to Jamaica in 1761 it lost five seconds in eighty-one days. The Board suspected luck and asked for more trials. Harrison was eighty before the last of the money was paid, and then only because the King, having tested a fifth watch himself, lost his temper.`,
                },
                {
                  title: 'Dead reckoning, and how it drifts',
                  draft: true,
                  body: `Speed, time and heading make a position: so many knots, for so many hours, in this direction from the last cross on the chart. The method is as old as the hourglass and is still what a ship does between two fixes.

Its weakness is that errors add up. A helmsman who wanders two degrees, a current of half a knot that nobody has felt, a log that reads one part in fifty too high: after a day each is worth several miles, and none of them is corrected by anything that follows. A prudent navigator therefore draws not a point but a circle and lets it grow, by about a twentieth of the distance run.

Columbus crossed the Atlantic this way, writing two logs, so the story goes: a true one for himself and a shorter one to calm the crew. When the logs were analysed, the false one turned out to be the more accurate. His league was too long.`,
                },
              ],
            },
          ],
        },
        {
          name: 'A Year of Moonlight',
          author: 'Ingrid Solheim',
          chapters: [
            {
              name: 'The Moon Itself',
              posts: [
                {
                  title: 'Why we see only one face',
                  body: `The Moon turns once on its axis in 27.3 days, and circles the Earth in exactly the same time. It is no coincidence. Early on it spun faster, and the Earth raised tides in its rock, bulges a few metres high that were dragged round a little ahead of the line between the two bodies. Pulling on the bulge, the Earth braked the spin until the bulge stood still.

Yet we see fifty-nine per cent of its surface, not fifty. The orbit is slightly oval, so that the Moon sometimes runs ahead of its own rotation and sometimes behind, and shows us a little round each edge. It nods as well, because its axis leans. These movements are called libration. In a good week binoculars show the Mare Orientale on the western rim, a target three rings wide that nobody saw properly before the age of probes.

The far side is not dark. It gets as much sun as ours, and at new moon it is lit from end to end, for no one.`,
                },
                {
                  title: 'A first tour with binoculars',
                  level: 'beginner',
                  metaDescription:
                    'Seas, craters and mountain ranges: what a pair of 8×40 binoculars shows on the Moon at first quarter.',
                  body: `Do not wait for a full moon. Lit from the front it is as flat as a plate. Go out when it is half, a week after new, prop your elbows on a wall, and look along the line between light and dark, where every hill throws a shadow.

Near the middle of that line you will find three great craters in a row, Ptolemaeus, Alphonsus and Arzachel, from the largest and oldest to the smallest and youngest. Above them a curved range, the Apennines, borders a grey plain; the peaks are five kilometres high and catch the sun while the land around is night. The grey plains are seas of old lava. Tranquillity is the one on the right, blue-grey beside its neighbour Serenity because its basalt is rich in titanium. Apollo 11 came down at its lower edge.

A night later the line has moved on by twelve degrees, and Copernicus emerges, ninety-three kilometres wide, with terraces like an amphitheatre.`,
                },
              ],
            },
            {
              name: 'Planets on the Road',
              posts: [
                {
                  title: 'Venus, brighter than it should be',
                  body: `Police stations know when Venus is at its best, because people telephone to report it. At magnitude minus 4.7 it casts shadows on snow and can be found in broad daylight by anyone who knows where to look.

Oddly, it is brightest not when it is full. Then it stands on the far side of the Sun and is small. As it swings round towards us it grows and at the same time narrows to a crescent, and for about five weeks before and after it passes between us and the Sun the two effects strike their best bargain. A pair of binoculars, held steady, shows the crescent.

The glare has a simple cause. Venus is wrapped in clouds of sulphuric acid that send back three quarters of the light that falls on them, where the Moon, black as worn asphalt, returns an eighth. Under the cloud it is 465 °C at noon and at midnight, hotter than on Mercury. The goddess of love was an unlucky choice.`,
                },
                {
                  title: 'Mars goes backwards',
                  level: 'intermediate',
                  body: `For most of two years Mars drifts eastwards through the zodiac like a well-behaved planet. Then it slows, stops, runs west for ten weeks, stops again, and goes on its way. On a chart the path makes a loop or a zigzag. It drove Greek astronomers to circles upon circles, and Kepler, a thousand years after them, to six years of sums that he called his war with Mars.

The explanation can be acted out in a car park. We go round the inner lane at thirty kilometres a second, Mars the outer one at twenty-four. Every twenty-six months we overtake it, and just as a slower car on a motorway seems to slide backwards against the hills as you pass, so does Mars against the stars.

That is also when it is nearest, and it blazes. But its orbit is so lopsided that one overtaking is not like another: at fifty-six million kilometres, as in 2003, it outshines Jupiter; at a hundred million it is merely a reddish star.`,
                },
                {
                  title: "Jupiter's four lanterns",
                  body: `On the seventh of January 1610 Galileo saw three little stars in a line beside Jupiter. The next night they had changed sides. Within a week he had counted four, and understood that they went round it, and that not everything in the heavens, therefore, went round us.

Ordinary binoculars show them. Hold them firmly against a post and look close to the planet, in line with its equator. Io, the innermost, takes forty-two hours for its round and moves visibly in an evening; Callisto takes more than two weeks and is the one that stands far out. When fewer than four are to be seen, one is in front of the disc or behind it, or in its shadow.

In 1676 Ole Rømer found that their eclipses ran late when Jupiter was far from the Earth, by up to twenty-two minutes across the whole width of our orbit. The moons were on time. It was the light that needed longer, and he had measured its speed.`,
                },
              ],
            },
            {
              name: 'Nights Worth a Coat',
              posts: [
                {
                  title: 'Counting the Perseids',
                  level: 'beginner',
                  body: `Every August the Earth runs through the dust of comet Swift–Tuttle. The grains, most no bigger than instant coffee, hit the air at fifty-nine kilometres a second and burn up a hundred kilometres above our heads. All the trails point back to Perseus, for the same reason that snow seems to stream out of one spot in front of a moving car.

You need no telescope, only a deckchair, a sleeping bag and patience. Choose the night of the twelfth or thirteenth. Go after midnight, when your side of the Earth has turned to face forwards, and look not at Perseus but some forty degrees beside it, half-way up. Give your eyes twenty minutes and do not look at the telephone.

For a count that astronomers can use, note the beginning and end of each quarter of an hour, how much of the sky is clouded, and the faintest star that you can see. Say each meteor aloud to a recorder. Sixty an hour is a good night.`,
                },
                {
                  title: 'An eclipse without a telescope',
                  metaTitle: 'Watching a Lunar Eclipse with the Naked Eye',
                  body: `A lunar eclipse asks for nothing: no filter, no travel, not even good weather in the strict sense, as thin cloud will do. Half the world can watch each one. The full Moon enters the Earth's shadow from the east, and for an hour a dark bite creeps over it. The edge of the bite is curved, always, from whatever side; Aristotle took that as proof that the Earth is a ball.

Then it is wholly inside, and turns red. What lights it is every sunrise and sunset on Earth at once, bent inwards by the air. After the eruption of Pinatubo in 1991 the Moon went so dark that people lost it altogether. The astronomer André-Louis Danjon made a scale for this, from zero, nearly invisible, to four, bright copper with a blue rim.

Look away from the Moon as well. In mid-eclipse, with the floodlight off, the Milky Way comes out over a landscape that a moment ago had shadows.`,
                },
              ],
            },
          ],
        },
      ],
    },
  ],
};
