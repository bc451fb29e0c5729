module.exports = {
  name: 'The Workshop',
  description: 'Repairing, making and keeping things, with tools that fit in a drawer.',
  groups: [
    {
      name: 'Bicycles',
      books: [
        {
          name: 'The Honest Bicycle',
          author: 'Jonas Vreeland',
          description:
            'Everything an everyday bicycle needs in a year, in the order in which it will ask for it.',
          chapters: [
            {
              name: 'Chain and Gears',
              posts: [
                {
                  title: 'A chain does not stretch',
                  level: 'beginner',
                  metaDescription:
                    'Chains wear at the pins, not in the plates. How to measure the wear with a ruler and when to replace the chain.',
                  body: `Mechanics say that a chain has stretched, and every one of them knows that steel plates do nothing of the kind. What grows is the play between the pins and the rollers. Each of a hundred and ten joints loses a few thousandths of a millimetre to grit, and the sum of it makes the chain longer.

Lay a ruler along it. Twelve full links of a new chain measure exactly twelve inches, from the middle of one pin to the middle of another. When the last pin lies a sixteenth of an inch beyond the mark, the chain is worn by half a per cent, and it is time for a new one. At an eighth it has already ground the teeth of the cassette into hooks, and a new chain would skip on them.

The sum is worth doing. A chain costs as much as a pizza and lasts some three thousand kilometres. A cassette costs three times that and, with a fresh chain every time, outlives four of them. Without it they go together.`,
                },
                {
                  title: 'Indexing a rear derailleur in ten minutes',
                  level: 'intermediate',
                  metaTitle: 'How to Index a Rear Derailleur',
                  body: `Begin with the screws marked H and L. They have nothing to do with shifting; they are fences. Shift to the smallest sprocket, slacken the cable, and turn H until the upper pulley hangs exactly below that sprocket. Push the derailleur by hand to the largest one and turn L until it can go no further. Now the chain can fall neither into the frame nor into the spokes.

Fasten the cable by hand, without pulling. Click once. If the chain does not climb to the second sprocket, unscrew the barrel adjuster by half a turn and try again. If it climbs too far, or rattles against the third, screw it in by a quarter.

Work through all the gears, up and down, under a little pressure from the pedal. Slow towards the large sprockets means more tension; slow towards the small ones means less, or a dirty cable. If no setting pleases both, look at the hanger from behind. Nine times out of ten it is bent.`,
                },
                {
                  title: 'Oil, wax and the weather',
                  body: `Three things kill a chain: rain, dust and too much oil. The third is the commonest. Oil on the outside of a chain lubricates nothing, and collects sand from the road until the chain runs in grinding paste.

For dry summers use wax. Clean the chain down to bare metal, once, with two baths of white spirit and one of alcohol, and dip it in molten paraffin at 90 °C until no more bubbles rise. It will run for four hundred kilometres and never mark a trouser leg. Rain, however, has it rusty by morning.

For winter and for people who ride whatever the sky does, oil is right. One drop on each roller, on the inside of the lower run, while you turn the crank backwards. Wait ten minutes. Then wipe the chain with a rag until it looks as if you had never oiled it at all. What matters is inside, between roller and pin, where a rag cannot reach, and the rest is only bait for dirt.`,
                },
              ],
            },
            {
              name: 'Brakes',
              posts: [
                {
                  title: 'Rim brakes that do not squeal',
                  level: 'beginner',
                  body: `A squeal is a vibration. The pad grips the rim, is dragged forward a hair's breadth, springs back, and grips again, a thousand times a second, while the brake arm sings along like the string of a violin.

Clean first. Wipe the rims with alcohol and roughen the face of the pads with sandpaper, picking out the splinters of aluminium that glint in the rubber. Often that is all. If it still sings, look at the pad from above. Its front edge should meet the rim a millimetre before its rear edge; mechanics call it toe-in. Slip a folded business card under the back of the pad, squeeze the lever, tighten the bolt, and pull out the card.

Check too that the pad touches metal only. One that rides up cuts through the tyre, and one that hangs over the lower edge grows a lip, which one day hooks under the rim and does not let go. Rims themselves wear. If their sides have become hollow to the finger, replace them.`,
                },
                {
                  title: 'Bleeding a hydraulic disc brake',
                  level: 'advanced',
                  body: `If the lever comes softly to the bar, or needs two pulls before it bites, there is air in the line. Liquids do not compress and gases do, so that even one bubble behaves like a spring.

Find out which fluid you have before anything else. Mineral oil and DOT fluid destroy each other's seals, and the cap of the lever says which it is. Take out the wheel and the pads, put a plastic block between the pistons, and turn the bicycle so that the hose climbs steadily from the caliper to the lever. Bubbles go up; give them a road.

Screw a funnel into the lever and a syringe of fresh fluid on to the caliper. Open the nipple and push slowly, tapping the hose with a screwdriver handle, until what arrives above is clear and no more bubbles come. Close the nipple, flick the lever twenty times, and close the top. Wash your hands before you touch a pad: one oily fingerprint on it means a new pair.`,
                },
              ],
            },
            {
              name: 'The Roadside',
              description: 'Getting home with what you carry: flats, broken links and bent hangers.',
              posts: [
                {
                  title: 'A puncture in the rain',
                  level: 'beginner',
                  excerpt:
                    'Eight minutes, two levers, one tube. The patch can wait until you are at a table.',
                  body: `Do not mend a tube at the roadside. Glue does not hold on wet rubber, and your fingers will be cold. Change the tube, ride home, and do the patching at a table with the radio on.

Before you take anything out, turn the wheel and look for the culprit, because it is easier to see a thorn from outside. Let out the rest of the air and push the bead of the tyre into the deep middle of the rim all the way round. That is the trick for which people break levers: the slack has to come from somewhere. Now a single lever, opposite the valve, is usually enough.

Run your thumb along the inside of the tyre. Slowly; glass is sharp. Put a little air into the new tube, so that it does not twist, tuck it in, and close the tyre with the palms of both hands, ending at the valve. Push the valve up once, to free a trapped tube, and pump. Check that the bead sits evenly before the pressure is high.`,
                },
                {
                  title: 'Joining a broken chain',
                  body: `It happens on a climb, with a bang, and the pedal drops away. Walk back and collect the chain. Usually one outer plate has come off its pin, and the rest is sound.

With a chain tool push out the pins on either side of the damage, so that what you take away is one inner and one outer pair. For a chain of nine speeds or more do not press an old pin back: its ends have been flared at the factory and it will hold for about as long as you trust it. Use a quick link, two plates with a pin each that snap together. It weighs three grams and belongs under every saddle, taped there.

To close the link put it in the upper run, hold the rear brake and stand on the pedal until it clicks. The chain is shorter now by two and a half centimetres. It will probably still reach everything except the largest ring with the largest sprocket, and that combination you must avoid: if it is too short it can tear off the derailleur.`,
                },
                {
                  title: 'What to carry, and what to leave',
                  body: `In fifteen years of commuting I have needed: a tube, about once a year. A pump, as often. Two tyre levers. A multi-tool with 4, 5 and 6 mm keys, mostly for other people. A quick link, twice. A strip of old tyre, as long as a finger, to lie inside a cut so that the new tube does not bulge out; once, and I was thirty kilometres from a railway. A pair of thin gloves, always.

I have never needed: a spoke key on the road, a spare spoke, a chain whip, a torch (I have lights), a first aid kit larger than two plasters and a length of tape.

CO₂ cartridges are light and fast and work once. If you miss, or if the second thorn is still in the tyre, you will walk. A small pump with a hose, so that you are not wrenching at the valve, is worth the eighty grams.

All of this goes into an old sock, and the sock into the bag. The sock then serves as a rag.`,
                  revision:
                    'Since the first edition one thing has joined the list: a charging cable for the rear light, eleven centimetres long.',
                },
              ],
            },
          ],
        },
        {
          name: 'Wheels That Stay True',
          author: 'Beatrix Lindqvist',
          chapters: [
            {
              name: 'How a Wheel Works',
              posts: [
                {
                  title: 'Standing on the lower spokes',
                  level: 'advanced',
                  body: `Ask what holds up a bicycle and most people answer: it hangs from the top spokes. Measure the spokes with a tuning fork or a strain gauge and you find something else. When the rider sits down, the tension in the upper spokes hardly changes. The four or five at the very bottom lose a good part of theirs.

A spoke cannot push; it is a wire. But a wire that has been tightened to a hundred kilograms and then slackens by thirty behaves, for the sums, exactly as a column loaded with thirty. So in the language of engineers the wheel stands on its lower spokes.

The consequence is practical. A wheel fails not because spokes are pulled apart but because they go slack, once in each turn, five hundred times in a kilometre, and the steel at the elbow tires of the flexing. Well tightened spokes never go slack. A wheel that is too loose is therefore weaker, not gentler, and one with more spokes lasts longer because each is asked for less.`,
                },
                {
                  title: 'Three-cross, radial and why it matters',
                  body: `Look at a rear wheel from the side. The spokes leave the hub at a slant, some leaning forwards and some back, and each crosses three others on its way to the rim. It is not decoration. When you push on the pedals the chain twists the hub, and something must hand that twist to the rim. A spoke that leaves the hub along a tangent pulls with its whole strength; a radial one, pointing straight out, would first have to let the hub wind up like a spring.

So a driven wheel, or one with a disc brake, is laced tangentially, at least on one side. Thirty-two spokes crossed three times is the ordinary solution, and nobody has improved on it for loads and bad roads.

At the front, with rim brakes, nothing twists. There radial lacing is possible, looks clean and saves twenty grams. It also pulls straight outwards at the flange of the hub, and makers who have seen flanges crack will not honour their guarantee for it. Ask first.`,
                },
              ],
            },
            {
              name: 'Building',
              posts: [
                {
                  title: 'Choosing rim, hub and spokes',
                  level: 'intermediate',
                  body: `Begin with the tyre. It decides the width of the rim, the rim decides how strong the wheel can be, and everything else follows. For tyres of 35 to 45 mm a rim 21 to 25 mm wide inside is right. Avoid the very lightest: below about 430 g for the large size, the walls are so thin that you cannot tighten the spokes as they should be.

For the hub, count the years. Cup-and-cone bearings run for ever if someone adjusts them every winter, and for two years if no one does. Cartridge bearings are pressed out, thrown away and replaced for the price of a lunch.

Spokes should be thinner in the middle than at their ends, 2.0 – 1.8 – 2.0 mm. It seems wrong to pay more for less steel, but the thin part stretches, and that stretch is what keeps a spoke from going slack over a bump. Brass nipples, never aluminium, unless you like to unscrew corroded ones with pliers.

For length, trust a calculator and measure the rim yourself.`,
                },
                {
                  title: 'Lacing the first eight',
                  body: `Sit down with the hub in your lap and the rim on the table. Find the valve hole. Everything will be counted from it.

Drop eight spokes from above into every other hole of the right-hand flange, heads outwards. Take any one of them to the hole of the rim beside the valve, to the right of it, provided that this hole is drilled towards your side. Screw on a nipple, four turns. The next spoke goes four holes further, and so on round. These are the trailing spokes of the right, and you have made the only decision there is: if they are in place, all the others can go nowhere else.

Turn the wheel over. Look along the axle from one flange to the other; the holes do not face each other, they are offset by half a step. The first spoke of the left goes into the hole just past the one you began with. If the valve ends up between two spokes that lean away from one another, so that a pump fits, everything is right.`,
                },
                {
                  title: 'Tension by ear',
                  level: 'advanced',
                  metaTitle: 'Spoke Tension by Ear',
                  body: `Pluck a spoke halfway and it gives a note. Pitch rises with the square root of the tension, so that an octave means four times the force, and a semitone about twelve per cent. A musician needs no tension meter.

On a front wheel with 2 mm spokes of 290 mm, sound ones hum somewhere between the F and the A above middle C. More useful than the note itself is that neighbours on the same side should agree. Go round with a fingernail. Where a dull one sits between two bright ones, somebody has pulled the rim straight with the wrong spoke: loosen the bright ones by an eighth of a turn, tighten the dull one by a quarter, and check the run.

On a rear wheel the two sides differ, since the sprockets push the right flange inwards. The left will sound about a fourth lower, and that is as it should be. When all is even, squeeze the spokes in pairs, hard, with gloves on. The wheel creaks, settles, and wants truing once more.`,
                },
              ],
            },
            {
              name: 'Care and Rescue',
              posts: [
                {
                  title: 'Truing a buckled wheel',
                  level: 'intermediate',
                  body: `Turn the bicycle upside down and use the brake as a gauge. Where the rim touches the left pad, it must go to the right. So tighten the spokes that come from the right flange there, by a quarter turn, and loosen those from the left by as much. Two spokes, a quarter turn each; then spin and look again. People ruin wheels by being generous.

Mind which way the nipple turns. Seen from the spoke key, from the hub's side, it is the wrong way round, and everybody gets this wrong once. If in doubt imagine a screwdriver at the slot, from outside: clockwise is tight.

Work on the worst place first, make it half as bad, and go on to the next worst. Never finish one spot before the others. If a nipple will not turn, a drop of oil and a minute's wait are cheaper than a rounded nipple. And if the rim is bent beyond a centimetre, slacken everything near, push it straight over your knee, and only then start with the key.`,
                },
                {
                  title: 'Grease, and the winter overhaul',
                  draft: true,
                  body: `Choose the darkest Sunday in January. Take out the front wheel, unscrew the locknut on one side and draw out the axle over a tray, because twenty small steel balls are about to visit the floor.

Wipe everything. Look at the cones under a lamp. The track on which the balls run should be a smooth grey line; if it is pitted like the moon, the cone is finished, and cones are cheap. The cups in the hub are not replaceable and usually better than they look. New balls cost so little that reusing the old ones makes no sense. They come by size: 3/16 inch for most front hubs, a quarter for the rear.

Fill the cups with waterproof grease, press in the balls, put back the axle. Now adjust. Tighten the cone until the axle feels rough, back off until it runs free, then a touch more, so that there is the slightest play. The quick release will squeeze that out when you close it. Test in the frame, and not on the bench.`,
                },
              ],
            },
          ],
        },
      ],
    },
    {
      name: 'Wood and Thread',
      description: 'Hand tools, joints, darning and patches.',
      books: [
        {
          name: 'The Small Workshop',
          author: 'Akira Sørensen',
          chapters: [
            {
              name: 'Sharp',
              posts: [
                {
                  title: 'One stone, one strop, no jig',
                  level: 'beginner',
                  body: `An edge is where two polished surfaces meet. That is all there is to know, and the rest is how to get there without buying half a catalogue.

Flatten the back of the chisel first, on the finest stone that you own. Only the last two centimetres count, and you do it once in the life of the tool. Then the bevel. Lay it on a stone of about 1,000 grit, rock until you feel it sit, lock your wrists, and move your whole body from the ankles. Stop as soon as your thumb, drawn *away* from the edge on the flat side, catches a fine wire. This burr is the proof that you have reached the edge. No burr, no progress, however long you rub.

Now a strop: a piece of leather glued to wood and rubbed with green polish. Ten pulls on the bevel, ten on the back, until the burr falls off. Shave some hair from your arm if you must. Better, pare the end grain of a piece of pine. A sharp chisel leaves it as shiny as wax.`,
                },
                {
                  title: 'Setting up a tired plane',
                  level: 'intermediate',
                  body: `A number 4 from a flea market will do everything, after an afternoon of attention. Take it apart, drop the iron parts in a bath of citric acid overnight, rinse, dry at once and oil.

Check the sole with a straightedge. It need not be perfect everywhere. It must touch at three places: the toe, just in front of the mouth, and the heel. Hollows between them do no harm. Rub the sole on sandpaper stuck to a pane of glass, with the blade in place but drawn back, since the pressure of the lever cap bends the casting.

Most chatter comes from a poor fit between the blade and the cap iron. Hold them together against a window: if light comes through, shavings will go in, and jam. File the cap until it meets the blade along the whole line, then set it half a millimetre from the edge. Close the mouth until a sheet of paper just passes. Advance the blade until it whispers, and take off the first ribbon.`,
                },
                {
                  title: 'Why saws have set',
                  body: `A saw that cut a slot exactly as thick as itself would be seized by the wood within ten strokes. So the teeth are bent, one left, one right, by a little less than half the thickness of the plate. The slot becomes wider than the blade, and the blade has room to move and to be steered.

Too little set and it binds, above all in wet wood. Too much and it wanders, wastes effort, and leaves a rough face. For dry hardwood a few hundredths of a millimetre a side are enough; a firewood saw may have ten times as much.

The other thing to look at is the shape. Rip teeth are chisels in a row, filed straight across, and they plane their way along the grain. Crosscut teeth are knives, filed at an angle, that score two lines and crumble what lies between. A rip saw across the grain tears; a crosscut saw along it only makes dust. If you must have one, have a fine rip saw: in small work it manages both.`,
                },
              ],
            },
            {
              name: 'Joints',
              description:
                'Half laps, mortises and dovetails, cut by hand and in the order in which they should be learned.',
              posts: [
                {
                  title: 'A mortise before its tenon',
                  level: 'intermediate',
                  body: `Cut the hole first. A tenon can be shaved to fit a mortise, but a mortise can only get larger.

Take its width from the chisel, not from a ruler. The classic proportion is a third of the thickness of the wood, and if your chisel is 8 mm and a third would be 7, it is going to be 8. Set the two pins of the gauge to the blade itself and mark both pieces with the same setting, from the same face.

Clamp the work over a leg of the bench, where it cannot bounce. Start in the middle with a shallow V, then walk the chisel to one end in steps of three millimetres, bevel facing the way you go, striking harder as it deepens. Turn round and walk back. Lever out the chips only now. Stop two millimetres short of the line at both ends, and pare those last, upright, when all the levering is over. Six millimetres deeper than the tenon is long leaves room for glue and for honest dust.`,
                },
                {
                  title: 'The first ugly dovetail',
                  level: 'beginner',
                  excerpt:
                    'Your tenth dovetail will be good. The quickest way there is to cut nine bad ones this week.',
                  body: `Your tenth dovetail will be good, so the thing to do is to cut nine bad ones this week. Take two offcuts of pine, as wide as your hand, and cut one joint every evening. Date them in pencil and throw none away.

Tails first, by eye. Mark the depth on both boards with a gauge set to the thickness. Draw a slope of one in seven, saw down on the waste side of the line, and take out what is left with a coping saw and a chisel. It does not matter if the slopes differ. It matters that the cut is square across the end, because the second board will be traced from it.

Lay the tails on the end of the other board and draw round them with a knife. Saw the pins, and leave the line. *Leave the line* is the whole of the art: half the width of a knife mark is the difference between a joint that holds dry and one with a gap you could post a letter through. Put it together once only, with glue and a mallet.`,
                },
              ],
            },
            {
              name: 'Finish',
              posts: [
                {
                  title: 'Linseed oil and burning rags',
                  body: `Linseed oil does not dry. It takes up oxygen, links its molecules into a net, and turns from a liquid to a soft, golden solid. The reaction gives off heat. On a table you do not notice. In a crumpled rag, with a large surface and no draught to cool it, the heat stays inside, the reaction speeds up, and within a few hours the rag can catch fire by itself. It has burnt down workshops, and theatres.

Hang rags out flat over a line, or soak them in a bucket, and put them outdoors in any case.

Used with sense the oil is a fine finish for things that are touched. Warm it a little, flood the wood, wait a quarter of an hour, and wipe off all that has not gone in. Really all; a film left standing stays sticky for weeks. Repeat once a day for a week, once a week for a month, once a month for a year, as the saying goes, and stop when you are happy. "Boiled" oil contains metal salts that make it quicker.`,
                },
                {
                  title: 'Soap on a beech table',
                  level: 'beginner',
                  body: `In Denmark kitchen tables are finished with soap. It sounds like a joke until you have lived with one. The wood stays pale, feels like cotton, and every stain can be put right on a Saturday.

You need real soap flakes, sodium salts of fatty acids without perfume or whitener. Dissolve half a cup in two litres of hot water and let it stand overnight, when it becomes a slime like beaten egg white. Rub it into the bare, well sanded wood with a cloth. The fatty part stays in the pores; the water goes. Wipe off what is left, let it dry for an hour, take down the raised fibres with fine paper, and do it again. Four coats make a good start.

Water runs off it for some minutes, red wine for about one. After that it sinks in, and you scrub with more soap. It is a finish for people who like to look after things. It suits white woods only: beech, ash, maple and pine. Oak turns grey.`,
                },
                {
                  title: 'Shellac in an afternoon',
                  level: 'advanced',
                  metaDescription:
                    'Shellac flakes in alcohol make a finish that dries in minutes. How to mix a two-pound cut and how to pad it on without streaks.',
                  body: `A small red insect in India and Thailand sucks the sap of trees and covers itself with resin. Scraped off, melted and stretched into sheets, this becomes shellac flakes, and in alcohol the flakes become a varnish that dries while you look at it.

For a thin, usable solution dissolve 60 g of flakes in a quarter of a litre of pure ethanol. Shake it now and then, strain it the next morning through a stocking, and date the jar; after half a year it no longer hardens properly.

Fold a ball of wool in a square of old linen. Charge it inside, not outside, press it on paper until it leaves only a cool breath of moisture, and swing it over the wood as an aeroplane lands and takes off. Never stop on the surface. By the time you reach the far side, the near one is dry. After six coats wait overnight, rub with the finest steel wool and wax. Alcohol will mark it, and so will a hot cup, and both are mended with the same pad.`,
                },
              ],
            },
          ],
        },
        {
          name: 'Mend It',
          author: 'Rosa Valdés',
          chapters: [
            {
              name: 'Socks and Knits',
              posts: [
                {
                  title: 'Darning a heel',
                  level: 'beginner',
                  body: `Begin before there is a hole. When you can see your skin through the heel, the yarn is down to a few hairs, and ten minutes now are worth an hour in March.

Put a darning mushroom inside the sock; an orange or a light bulb does as well. Use wool with some nylon, no thicker than that of the sock. Start two centimetres outside the thin place. Run lines of small stitches up and down, parallel and close, leaving a tiny loop at each turn, because wool shrinks in the wash and the loop gives it something to shrink with. Over a real hole the threads simply lie across like the strings of a harp. These are the warp.

Now weave at right angles: over, under, over, under, and the opposite on the way back. Push each row against the last with the point of the needle. When the square is filled you have made a piece of cloth that belongs to the sock. Do not knot the ends. Run them under for three centimetres; friction holds.`,
                },
                {
                  title: 'Catching a ladder',
                  body: `A dropped stitch runs down a knitted fabric like a zip, because each loop was holding the one below. It can be made to run up again, provided that you get there before the threads across the gap, the rungs, are broken.

Find the lowest loop that is still whole and put a safety pin in it at once. For fine machine knits take the thinnest crochet hook you can buy, 0.6 mm, and for a thick pullover one of 3 mm. Work from the smooth side. Put the hook through the loop, catch the first rung above, and pull it through the loop. That rung is now the loop. Catch the next one. It goes as fast as you can count.

At the top fasten the last loop to its neighbours with a few stitches of matching thread. If rungs are missing, lay in new ones first from yarn, woven from side to side. And look for the cause: a ladder that begins at a seam means that the seam was cut, and it is going to happen again.`,
                },
              ],
            },
            {
              name: 'Cloth and Patches',
              posts: [
                {
                  title: 'Sashiko for working clothes',
                  level: 'beginner',
                  metaTitle: 'Sashiko: Running Stitches for Work Clothes',
                  body: `In the north of Japan cotton would not grow, and hemp was all that farmers were allowed to wear. They laid worn layers one upon another and held them together with running stitches, row after row, until a jacket was as thick as felt and lasted for three generations. From need came pattern: waves, persimmon flowers, interlocking hemp leaves.

The stitch is the simplest there is. Draw a grid with a chalk pencil, use thick, loosely twisted cotton and a long needle, and load several stitches on it before you pull. They should be as long as a grain of rice on the right side, and half as long behind. At each corner leave a small loop at the back so that the cloth can give.

For the knee of a pair of jeans put the patch inside, at least three centimetres larger than the damage all round, pin it while somebody wears the trousers with the leg bent, and stitch far beyond the edge. The weak place is never the hole; it is the cloth around it.`,
                },
                {
                  title: 'A patch that lies flat',
                  level: 'intermediate',
                  body: `Most patches pucker for one of three reasons. The new cloth shrinks, so wash it first, hot. Its threads run in another direction than those of the garment, so match the grain: the selvedge of a fabric is parallel to the warp, and in jeans the warp is the blue one. Or it was pinned on a table while the garment is worn on a body, so pin it over a curve.

Cut away the ruined cloth to a clean rectangle and snip five millimetres into each corner, on the diagonal. Fold the edges under and press. Lay the patch behind, its grain true, and fell the folded edge down with tiny slanting stitches, picking up two threads at a time. Turn over and do the same with the edge of the patch. No raw edge is left on either side, and it can go through a hundred washes.

A darker patch on lighter cloth looks like a mistake. A much darker one looks like a decision.`,
                },
                {
                  title: 'Buttons that stay on',
                  level: 'beginner',
                  draft: true,
                  body: `A button comes off because it was sewn too tightly. It has to stand clear of the cloth by as much as the other side of the coat is thick; without this stalk every buttoning pulls at the thread.

Take a doubled thread, run it once over beeswax, and begin on the right side, under the button, where the knot will not show. Lay a matchstick across the top. Sew over it, four times through each pair of holes. Slide out the match, lift the button, and wind the thread round the strands below it, five or six turns, until they stand like a small post. Go through the post twice and cut.

For heavy coats put a second, flat button inside, and sew the two together through the cloth, which then carries no strain at all. On a shirt, mark the place by buttoning the others and pushing a pin through the hole at its outer end. Buttons do not sit in the middle of a buttonhole; they live at one end of it.`,
                },
              ],
            },
            {
              name: 'Zips, Seams and Leather',
              posts: [
                {
                  title: 'When a zip splits behind the slider',
                  body: `The teeth are rarely to blame. A zip that opens behind its slider has a slider that has grown wide: the two plates have been forced apart by thousands of trips, and no longer press the teeth together.

Close it to the bottom. With small pliers squeeze the slider, first on the left edge, then on the right, a very little at a time, and try it after each squeeze. Too much and it jams for good; the metal is a soft casting, and cracks if it is bent twice. Nine zips out of ten can be saved in this way in two minutes.

If the slider is worn through, replace it. The number is on the back: 5 for jackets, 8 and 10 for bags, with a letter for the kind of teeth. Open the seam at the top by a finger's width, take off the metal stop with nippers, thread on the new slider, both sides at the same height, and sew a few stitches across to make a new stop. For a zip that runs hard rub the teeth with candle wax.`,
                },
                {
                  title: 'Saddle stitch, two needles and one thread',
                  level: 'advanced',
                  body: `A sewing machine makes a lockstitch: two threads that hook into each other in the middle of the leather. Cut one loop and the row unravels. A saddler uses one thread with a needle on either end, and passes both through every hole from opposite sides. Cut one stitch there and all the rest stay, since each is held by two.

Mark the line with a groove and the holes with a pricking iron, eight to the inch for a bag. Clamp the work between your knees. Push an awl through, and the holes will slant like this: / / /. Pass the left needle, pull it halfway. Put the right one in behind it, *below* its thread, and draw both tight at once, always with the same force and in the same order. It is the order that makes the line look even.

Thread four times as long as the seam is about right. Linen, waxed. At the end sew back over three stitches, cut flush, and tap the seam with a hammer. Bags sewn like this are inherited.`,
                  revision:
                    'Polyester thread is stronger than linen and does not rot, but it saws at the leather. On belts and straps linen wears out first, which is what you want.',
                },
              ],
            },
          ],
        },
      ],
    },
  ],
};
