module.exports = {
  name: 'Gardens and Journeys',
  description:
    'For those who stay and dig, and for those who go: vegetables, seeds, slow trains and paper maps.',
  vi: {
    name: 'Vườn và những chuyến đi',
    description: 'Cho người ở lại trồng rau và cho người lên đường: hạt giống, tàu chậm và bản đồ giấy.',
  },
  groups: [
    {
      name: 'The Kitchen Garden',
      books: [
        {
          name: 'Soil First',
          author: 'Patience Okafor',
          description: 'Feed the ground and let the ground feed the plants: ten years on four raised beds.',
          chapters: [
            {
              name: 'What Soil Is',
              posts: [
                {
                  title: 'The jar test',
                  level: 'beginner',
                  metaDescription:
                    'Shake soil and water in a jar, wait a day, measure three layers: how to find out how much sand, silt and clay you have.',
                  body: `Fill a straight-sided jar to a third with soil from a hand's depth, without stones or roots. Add water almost to the top and a teaspoon of dishwashing liquid, which keeps the particles from clinging together. Shake for three minutes, put it on the windowsill and look at the clock.

What has settled after one minute is sand. Mark its height with a pen. What has come down on top after two hours is silt; mark that as well. The rest is clay, and takes a day or longer. Bits of leaf float.

Divide each layer by the whole and you have your percentages. Forty of sand, forty of silt and twenty of clay make loam, the soil that books assume. Over thirty-five of clay and you have something rich and slow, which must never be trodden when wet. Over seventy of sand and you will be feeding and watering little and often all your life. Neither can be changed into the other. Both are improved by the same thing, which is compost.`,
                },
                {
                  title: 'A teaspoon of company',
                  body: `In a teaspoon of garden soil there live more bacteria than there are people on Earth. There are also several metres of fungal thread, some thousands of amoebae, and a few dozen nematodes, most of which have no interest in your carrots.

A plant pays for their services. Up to a third of the sugar that it makes in the light is let out through its roots, and round each root tip there gathers a crowd that lives on it. The bacteria lock up nitrogen in their bodies. Amoebae eat the bacteria, need less nitrogen than they swallow, and leave the rest beside the root in a form that it can drink. Fungi go further afield: their threads, a tenth as thick as a root hair, reach phosphorus in cracks where no root could follow.

Digging tears this web. It mends itself in some weeks, and for a year or two the dead bodies even feed a splendid crop. After that there is less of everything, which is why the gardeners of this book put the spade away.`,
                },
                {
                  title: 'pH in plain words',
                  level: 'intermediate',
                  body: `The number tells you which foods are locked up. At 6.5, slightly acid, almost everything a vegetable wants is dissolved in the soil's water to some degree. Below 5.5 phosphorus is bound by iron and aluminium, and the aluminium itself begins to poison the roots. Above 7.5 iron, manganese and zinc turn to rust and stone, and leaves go yellow between green veins although all of it is there.

Strips of test paper are worthless. Buy a kit with barium sulphate powder, or send a cupful to a laboratory once every five years. Take it from ten places and mix.

To raise the value by half a point in an ordinary loam you need about 150 g of ground limestone per square metre, and a winter. Clay wants more, sand less. To lower it is slow and dear: sulphur, 50 g, and the bacteria that turn it to acid take a summer. If your soil is chalk, grow cabbages, which love it, and put the blueberries in a tub.`,
                },
              ],
            },
            {
              name: 'Compost and Mulch',
              description: 'Two heaps, one fork, and why the kitchen bin is only half of the story.',
              posts: [
                {
                  title: 'A hot heap in eighteen days',
                  level: 'intermediate',
                  body: `Heat needs bulk. Below a cubic metre a heap loses warmth faster than its bacteria can make it, so save your materials and build it all at once.

Mix, by volume, two parts of brown stuff with one of green. Brown is what is dry and dead: straw, autumn leaves, torn cardboard. Green is what was alive last week, mown grass or kitchen peelings or nettles. Water each layer as you go, until a handful squeezed hard gives one drop. Cover it.

On the second day it is warm, on the fourth you cannot keep your hand in it. At 65 °C the seeds of weeds die, and so do most diseases; above 70 so do the bacteria that do the work. Then it is time to turn, outside to the inside. Turn every other day from then on. If it smells of ammonia add brown; if it stays cold add green or water. On the eighteenth day it is dark and smells of woods. Let it ripen for a month before you sow in it.`,
                },
                {
                  title: 'Worms under the sink',
                  body: `The worms for this are not those in the lawn. *Eisenia fetida*, the red tiger worm, lives in dung heaps and leaf litter and never makes a burrow. A pound of them, which is about a thousand, will eat a quarter of its weight in a day once settled.

Give them a box with holes in its bottom and a lid, not deeper than your forearm. Line it with damp newspaper and a handful of garden soil for grit; they have no teeth. For the first fortnight feed next to nothing. Then bury small amounts in a different corner each time, and wait until the last has gone before you add the next. Almost every disaster is overfeeding: what they do not eat rots, heats up and drives them out over the kitchen floor.

No onions, no citrus, no meat. A little crushed eggshell against acid. After four months put fresh food on one side only, and when they have moved there lift out the other. It is black and crumbly. One part in ten of it makes any potting soil better.`,
                },
              ],
            },
            {
              name: 'Beds and Rotation',
              posts: [
                {
                  title: 'Four beds, four years',
                  level: 'beginner',
                  metaTitle: 'Crop Rotation with Four Beds',
                  body: `Grow the same family in the same place every year, and everything that lives on it will move in too. Clubroot waits in the ground for cabbages for fifteen years, eelworms for potatoes for ten. Rotation does not starve them, but it keeps their numbers down.

Four beds are enough. In the first grow peas and beans, which feed themselves with the nitrogen of the air. They are followed by the hungry cabbages, with kale, radishes and turnips, who are cousins. After them come potatoes and tomatoes, to which you give all your compost. The fourth is for roots and onions, and they like ground that was manured the year before, not now, for in fresh dung carrots grow legs.

Next year everything moves on by one. Paint a number on each bed and write the family on a plan inside the shed door. Courgettes, lettuces and herbs have no dangerous enemies in common with any of these and go wherever there is a gap.`,
                },
                {
                  title: 'No-dig on a lawn',
                  level: 'beginner',
                  body: `You want vegetables where there is grass. Leave the spade where it is. Mow as short as the machine allows, water well and lay down cardboard: plain brown boxes, no tape, no glossy print, each overlapping the next by a hand's width, because couch grass finds any slit.

On top goes compost, fifteen centimetres of it, trodden flat. Yes, it is a lot; for a bed of one metre by three you need almost half a cubic metre. You need it once. In later years two centimetres each autumn will do.

Plant at once, straight into it. Lettuce, beetroot and beans do not care what lies underneath. By the time their roots reach the cardboard, in about ten weeks, it is a brown paste, and the worms have pulled the dead turf down. Carrots and parsnips should wait till the second spring. Bindweed and docks will come through. Pull them each time you see a leaf, never let one get to ten centimetres, and after two summers they run out of savings.`,
                },
                {
                  title: 'Watering less, and better',
                  draft: true,
                  body: `A can of water every evening makes plants that cannot live without a can every evening. The top centimetres are damp, the roots stay there, and on the first hot day that you are away they cook.

Water seldom and soak. Twenty litres to the square metre go about as deep as a spade; in loam that lasts a week in summer, in sand four days. Do it early, so that leaves are dry by night and slugs are disappointed. To know if it is time, do not look at the surface. Push in a finger as far as it goes.

Not all need it equally, nor always. Potatoes want water when they flower, peas when the pods swell, cabbages as they form a head and lettuces at every moment. Tomatoes that have been soaked while the fruit ripens taste of the can. A mulch of straw or mown grass, as thick as your hand, saves half of everything above. Put it on after rain, never on dry ground.`,
                },
              ],
            },
          ],
        },
        {
          name: 'Seeds to Keep',
          author: 'Tomáš Hruška',
          chapters: [
            {
              name: 'Saving',
              posts: [
                {
                  title: 'Start with beans',
                  level: 'beginner',
                  body: `A bean flower fertilises itself before it opens. No bee need come, and hardly any can get in, so that the seed in the pod is as good as a copy of the plant. That makes beans the best beginning for anyone who wants to save seed.

Decide in June which plants you will not eat. Not the last miserable ones of September; choose the strongest, and tie a red thread on them so that visitors keep off. Let the pods hang until they rattle. If frost threatens pull up the entire plant and hang it in the shed, head down.

Shell them by hand and throw out all that are wrinkled, stained or odd in colour. To find out whether they are dry, bite one. If your tooth leaves a mark they need another week. Then put them in a closed jar in the freezer for two days, because the eggs of the bean weevil are already inside, and would otherwise hatch in January. From thirty plants you can keep a variety going for ever.`,
                },
                {
                  title: 'Tomato seed and the smell of it',
                  level: 'beginner',
                  excerpt:
                    'Three days in a jar of its own juice, and a tomato seed is clean, healthy and ready for ten years.',
                  body: `Each seed in a tomato sits in a jacket of jelly that forbids it to sprout. In nature the fruit falls, rots, and the rot removes the jacket. You do the same in a jar.

Squeeze the seeds and their juice out of some ripe fruit from your best plant, add half as much water, and put it somewhere warm, with a label, and where nobody will complain. By the second day there is a skin of white mould, and it stinks. That is right: yeasts and bacteria are eating the jelly, and with it several diseases which travel on the seed. On the third day, not later, or they begin to sprout, pour in water and stir. Good seeds sink. Pour off everything else, and repeat until it is clear.

Dry them on a plate or a coffee filter, not on kitchen paper, to which they will stick until the end of time. They keep for ten years. Only do not save from hybrids, marked F1; their children are strangers.`,
                },
              ],
            },
            {
              name: 'Sowing',
              posts: [
                {
                  title: 'Depth, warmth, light',
                  level: 'beginner',
                  body: `A seed is a young plant with a packed lunch, and three questions decide whether it sets out. Is there water? Then it swells, and there is no way back. Is it warm enough? Is it deep enough, or too deep?

Depth goes by size: cover it with two to three times its own thickness. A bean goes down as far as your second knuckle; a carrot under a pinch of sand; celery and lettuce not at all, since they want light and lie only pressed on to the surface.

As for warmth, the packet gives the least at which anything happens. The best is often much higher. Peppers will come up at 18 °C after three weeks, and at 27 after eight days, and the slow ones are weak. Lettuce is the other way round. Above 25 °C it goes to sleep, and in July you must sow it in the evening, in the shade, with cold water. Once green shows, everything turns about: now they want it cool and as bright as you can make it.`,
                },
                {
                  title: 'Why seedlings fall over',
                  level: 'intermediate',
                  body: `They stood well in the evening. In the morning a dozen lie on their sides with stalks as thin as hair just above the soil. It is called damping off, and several fungi cause it, above all *Pythium*, which swims to its victim through the film of water between the grains.

There is no cure, but prevention is easy. Use fresh compost and clean pots, washed in hot water. Sow thinly: a crowd keeps the air still and damp. Cover the seed with a few millimetres of sand or vermiculite, which dries fast where the stalk comes out. Water from below, by standing the tray in a basin for ten minutes, and then not again until it feels light. Take the lid off the moment that the first leaf shows.

Light is the other half. Seedlings that grow on a windowsill in February stretch towards it and have no strength to resist. Wait until March, or hang a lamp a hand's width above. Stroke them with your palm once a day. It makes the stalks thicker, really.`,
                },
                {
                  title: 'Potting on without mourning',
                  body: `Hold a seedling by its leaf and never by the stalk. It can grow another leaf.

The right moment is when the first real pair has opened, after the two smooth ones that were in the seed. Loosen the compost with a pencil, lift, and look at the root. It is probably longer than you think. Make a hole so deep that it hangs straight and let the plant down to its first leaves; tomatoes and cabbages even further, as they will make roots all the way up the buried part. Lettuce is an exception and rots if its heart is covered.

Firm it with two fingers, water it once to close the gaps, and leave it out of the sun for two days. It will sulk. It has lost the finest hairs of its roots and must grow them anew before it can drink. Do not feed it. A week on it has started again, and only then does it want a window, and a little later an hour of wind each day.`,
                },
              ],
            },
            {
              name: 'Old Varieties',
              posts: [
                {
                  title: 'A pea that went to war',
                  body: `In 1941, with Leningrad surrounded, some fifty botanists stayed in a building on Saint Isaac's Square among the largest collection of seeds in the world: rice, maize, peas, wheat, potatoes, a quarter of a million samples that Nikolai Vavilov had brought together from five continents. Outside people were eating glue. Inside it was forbidden to eat a grain.

They took turns on guard against rats and against the hungry, and burnt furniture so that the potatoes should not freeze. The keeper of the rice, Dmitri Ivanov, died of starvation surrounded by several tons of it. At least nine others died as well. Vavilov knew nothing of this; he was in prison in Saratov for his view of genetics, and starved there himself in 1943.

Much of what the world grows now carries genes from those drawers. Nearly all the samples were saved. When you keep a handful of an old pea in an envelope, you are a very small branch of the same bank.`,
                },
                {
                  title: 'What a landrace knows',
                  level: 'advanced',
                  metaDescription:
                    'A landrace is not a variety but a population: mixed, local and able to change. What that means for a garden.',
                  body: `A modern variety is like a printed book. Every copy is the same, and if there is an error all have it. A landrace is like a story told in a village: there is a core on which everybody agrees, and each teller has it somewhat differently.

Look at a field of an old Alpine rye. Some plants are tall, some short; some ripen in July, others in the middle of August. In a wet year the early ones fail and the later ones carry on; in a dry one it is the reverse. The farmer never gets the highest yield, and never none.

You can make one at home with any plant that crosses freely, such as squash or maize or broad beans. Sow five varieties together. Let the bees do as they like. Keep seed from whatever pleased you, above all from what lived through your own bad luck, the late frost or the dry June, and sow that mixture. After five or six summers it will have become something that grows nowhere else.`,
                  revision:
                    'For squash there is one caution: never keep seed from a fruit that tastes bitter. Bitterness in squash is a poison, and one ornamental gourd in the neighbourhood is enough to bring it back.',
                },
              ],
            },
          ],
        },
      ],
    },
    {
      name: 'On Foot and by Rail',
      description: 'Slow travel, described by those who missed the fast connection.',
      vi: { name: 'Đi bộ và đi tàu' },
      books: [
        {
          name: 'The Reunification Line',
          author: 'Trần Quốc Việt',
          vi: { name: 'Con đường sắt Thống Nhất' },
          chapters: [
            {
              name: 'Before Departure',
              vi: { name: 'Trước giờ tàu chạy' },
              posts: [
                {
                  title: 'Which berth to book',
                  level: 'beginner',
                  metaTitle: 'Hà Nội to Sài Gòn by Train: Which Berth to Book',
                  body: `From Hà Nội to Sài Gòn it is 1,726 kilometres, and the train takes between thirty-one and thirty-five hours, so the question of where to lie is not a small one.

A soft sleeper has four berths behind a door. A hard one has six, in two stacks of three, with a mattress as thick as a folded towel. The middle and upper places of the six are cheap for a reason: you cannot sit up in them, and the top one lies level with the ventilator. In the soft compartment take the lower berth if you like to look out and to have your luggage under you. But bear in mind that by custom it is everybody's sofa until nine in the evening. Upstairs you are left alone.

Even numbers are down. Ask for the middle of the carriage, away from the lavatory and the hot water tap. Odd-numbered trains, SE1 and SE3, run from north to south; even ones come back. In the week before Tết all of them have been sold out since October.`,
                  vi: {
                    title: 'Nên đặt giường nào',
                    metaTitle: 'Đi tàu Hà Nội – Sài Gòn: nên đặt giường nào',
                    body: `Từ Hà Nội vào Sài Gòn dài 1.726 cây số, tàu chạy từ ba mươi mốt đến ba mươi lăm tiếng, nên chuyện nằm ở đâu không hề nhỏ.

Khoang giường mềm có bốn chỗ và có cửa. Khoang giường cứng có sáu chỗ, hai dãy ba tầng, đệm chỉ dày bằng cái khăn gấp. Tầng giữa và tầng trên rẻ là có lý do: không ngồi thẳng lưng được, và tầng trên cùng nằm ngay miệng điều hòa. Ở khoang bốn, hãy chọn giường dưới nếu thích ngắm cảnh và để hành lý dưới gầm. Nhưng nhớ rằng, theo lệ, đến chín giờ tối nó vẫn là ghế chung của cả khoang. Nằm trên thì không ai quấy rầy.

Số chẵn là giường dưới. Nên xin chỗ giữa toa, xa nhà vệ sinh và vòi nước sôi. Tàu số lẻ, SE1 và SE3, chạy từ Bắc vào Nam; tàu số chẵn chạy ngược lại. Tuần trước Tết thì vé đã hết từ tháng mười.`,
                  },
                },
                {
                  title: 'What to eat on the train, and when',
                  body: `At six the trolley comes with rice porridge. At half past ten and at five it brings trays: rice, a piece of pork or chicken, boiled cabbage, a thin soup in a plastic bag. It is honest food and it is the same on every train. Order from the woman who walks ahead of the trolley with a notebook, as she sells only what has been ordered.

The better part waits on the platforms. In Ninh Bình there is not time enough, but at Đồng Hới the train stops for a quarter of an hour, and women in conical hats pass up *bánh lọc*, shrimps in clear tapioca wrapped in banana leaf. Huế has sesame sweets. At Tháp Chàm you buy grapes, and at Bình Thuận dragon fruit, five for the price of a coffee.

Bring fruit, a cup and instant noodles; boiling water is free at the end of each carriage. And bring something to share. Nobody in the compartment will eat in front of you without offering, and by Vinh you will be somebody's nephew.`,
                  vi: {
                    title: 'Ăn gì trên tàu, vào lúc nào',
                    body: `Sáu giờ sáng, xe đẩy mang cháo tới. Mười rưỡi và năm giờ chiều là cơm hộp: cơm, miếng thịt heo hay gà, bắp cải luộc, bịch canh loãng. Đồ ăn tử tế và tàu nào cũng như tàu nào. Hãy đặt với cô cầm sổ đi trước xe, vì họ chỉ bán đúng số đã đặt.

Phần ngon hơn nằm dưới sân ga. Ninh Bình thì không kịp, nhưng ở Đồng Hới tàu dừng mười lăm phút, các bà đội nón đưa lên bánh lọc gói lá chuối, nhân tôm, vỏ trong veo. Huế có mè xửng. Đến Tháp Chàm thì mua nho, đến Bình Thuận thì mua thanh long, năm trái bằng giá một ly cà phê.

Nên mang theo trái cây, một cái ly và mì gói; nước sôi ở đầu toa không mất tiền. Và nhớ mang gì đó để mời. Không ai trong khoang ăn trước mặt bạn mà không mời, và qua khỏi Vinh thì bạn đã thành cháu của một người nào đó.`,
                  },
                },
                {
                  title: 'A narrow gauge and its reasons',
                  level: 'advanced',
                  body: `The rails lie one metre apart, not the 1.435 of most of the world, and that decides everything: the speed, the curves, the width of your berth. French engineers chose it in the 1890s because a metre line could be bent round a mountain that the wider one would have had to pierce, at about two thirds of the cost.

Building began at both ends and took thirty-seven years. The last rail was laid in 1936 south of Đà Nẵng. It ran whole for barely a decade. War cut it, bombs and saboteurs cut it again, the border at the seventeenth parallel closed it for twenty-two years, and when trains could once more go all the way, on the thirty-first of December 1976, some thirteen hundred bridges and twenty-seven tunnels had been mended or built anew.

Hence the name, Thống Nhất, unification. It remains a single track nearly throughout. Trains meet in stations, and wait; and if you have stood for twenty minutes in a village with two lamps, that is why.`,
                },
              ],
            },
            {
              name: 'Hà Nội to Huế',
              vi: { name: 'Từ Hà Nội đến Huế' },
              posts: [
                {
                  title: 'The street that steps aside',
                  body: `For the first kilometres the train goes through people's lives. Between the station and the Long Biên side of town the line runs down a lane so narrow that from the window you could take the washing. Families sit on the rails in the evening, cook there, do their homework on them. Twice before each train a bell rings, somebody shouts, and all of it, stools, hens and charcoal stoves, is drawn in like a tide going out. The carriages pass at a walking pace with a hand's breadth on either side. A minute later the stools are back.

Houses were put here for railway workers in the 1950s. Cafés came sixty years later, then visitors by the hundred, with cameras, and in 2019 a train had to brake. Since then the street has been closed, opened, and closed again, and which it is today nobody can tell you until you stand at the barrier.

From inside the train it lasts four minutes. Do not put out your arm.`,
                  vi: {
                    title: 'Con phố biết tránh tàu',
                    body: `Mấy cây số đầu, tàu đi xuyên qua đời sống của người ta. Đường ray chạy trong con ngõ hẹp đến mức từ cửa sổ có thể với lấy quần áo đang phơi. Chiều tối, các gia đình ngồi trên ray, nấu ăn, cho trẻ con làm bài tập ở đó. Trước mỗi chuyến tàu có hai hồi chuông, ai đó hô lên, và tất cả, từ ghế, gà đến bếp than, được kéo vào như thủy triều rút. Các toa tàu đi qua chậm bằng người đi bộ, mỗi bên cách một gang tay. Một phút sau, ghế lại bày ra.

Nhà ở đây vốn cấp cho công nhân đường sắt từ những năm 1950. Sáu mươi năm sau mới có quán cà phê, rồi khách du lịch kéo đến hàng trăm người, và năm 2019 một đoàn tàu phải hãm phanh. Từ đó con phố đóng rồi mở, mở rồi đóng, hôm nay ra sao thì phải đến tận rào chắn mới biết.

Ngồi trong tàu, đoạn ấy dài bốn phút. Đừng thò tay ra ngoài.`,
                  },
                },
                {
                  title: 'Dawn in Quảng Bình',
                  body: `Whoever takes the evening train from Hà Nội wakes in Quảng Bình. Put up the blind at half past five. On the right stand the limestone hills of Phong Nha, blue, with mist in their folds; the largest cave in the world is in there, and was found by a man who was sheltering from the rain. On the left are dunes, white as salt, and sometimes behind them a line of sea.

It is the waist of the country. Near Đồng Hới hardly fifty kilometres lie between the ocean and Laos, and in the war more bombs fell here than on the whole of Germany. You can still see where. The round ponds in the rice fields, in which ducks swim, were not dug with spades.

Shortly afterwards the train crosses the Bến Hải river. There is a flagpole and an iron bridge, in two colours, since the two halves of the country that once met in its middle could not agree on the paint. The crossing takes eleven seconds.`,
                },
              ],
            },
            {
              name: 'Huế to Sài Gòn',
              posts: [
                {
                  title: 'Over the Hải Vân pass',
                  metaDescription:
                    'Between Huế and Đà Nẵng the train climbs along the cliffs of Hải Vân. Where to sit, when to look, and what the second engine is for.',
                  seo: {
                    metaTitle: 'Hải Vân by Train',
                    metaDescription: 'The finest hour of the Reunification Line.',
                  },
                  facts: { tunnels: 6, kilometres: 20, opened: 1906 },
                  excerpt:
                    'Twenty kilometres, six tunnels, one hour, and every seat on the left is worth a bribe.',
                  body: `South of Huế the plain ends at a wall. A spur of the Annamite mountains runs straight into the sea, and while cars have had a tunnel since 2005, the railway goes on climbing round the outside as it did in 1906. Sit on the left. At Lăng Cô a second engine is coupled to the rear to push.

For an hour there is forest on one side and nothing on the other. The line hangs above coves that no road reaches, with beaches of white sand and the ribs of a boat. In the curves you can see both ends of your own train. Six tunnels, none long, put out the picture and hand it back changed. A man in uniform stands at each bridge with a green flag, in the middle of the jungle, at attention.

The name means *ocean clouds*. North of the pass the winter is grey and wet, and to the south it is already summer. People on the train close their jackets on one side and open them on the other.`,
                },
                {
                  title: 'Salt, grapes and Cham towers',
                  body: `After Nha Trang the land dries. In Ninh Thuận it rains less than anywhere else in the country, seven hundred millimetres in a good year, and everything that passes the window has to do with it: sheep, which you will see in no other province; vineyards on wires, with the grapes hanging overhead; prickly pears as fences. Near Cà Ná the sea comes up to the track, and beside it lie salt pans. Women rake the crust into cones and carry it off in two baskets on a pole, at four in the morning and at four in the afternoon, for at noon the light alone would hurt them.

At Tháp Chàm station look to the north. Three brick towers stand on a hill of cactus. The kings of Champa built them about 1300, and how they laid brick on brick with a joint no thicker than a hair is still not quite understood. They are no ruins. In the seventh month of the Cham calendar people bring new clothes for the god.`,
                },
                {
                  title: 'Arriving before five',
                  draft: true,
                  body: `Trains that left Hà Nội at night come into Sài Gòn before five in the morning of the second day. You notice it first by the light: no more dark between stations, but workshops, karaoke signs, level crossings behind which a hundred motorcycles tremble with one headlamp each. The attendant goes along the corridor and takes away the sheets, with or without you.

Do not hurry. The taxis that shout at the exit charge double until six. Walk out to the left instead, across Nguyễn Thông street, where behind a glass box a woman has been selling *bánh bao* and sweet coffee to those who arrive since before the line was reopened. Sit. Others come with bags and cardboard boxes and the faces of people who have slept in their clothes. Someone from your compartment nods to you, and it seems strange that you know how he snores.

At a quarter to six the sky goes from grey to white within minutes. It is already hot.`,
                },
              ],
            },
          ],
        },
        {
          name: 'Walking with a Map',
          author: 'Fergus Aldridge',
          chapters: [
            {
              name: 'Reading the Ground',
              posts: [
                {
                  title: 'Contours tell stories',
                  level: 'beginner',
                  body: `A contour joins places of equal height. If the sea were to rise by ten metres at a time, each line would in turn be the beach. Keep that in mind and the brown scribble begins to stand up from the paper.

Close together means steep; so close that they touch, a cliff. Evenly spaced, a slope you could ski. Wide at the top and crowded at the bottom, and it is convex: you will not see the foot of it from above, and every rise is followed by another that pretends to be the summit. The opposite, hollow shape shows you everything at one glance.

A row of V's pointing uphill is a valley, usually with a stream in it. Pointing downhill they make a spur. To be sure which way is up look at the figures, which are printed so that their heads point to the top. Two rings with an hourglass between them are a saddle, and that is where the path will cross, and the wind too. Count before you promise to be back for tea.`,
                },
                {
                  title: 'How long will it take?',
                  level: 'beginner',
                  metaTitle: "Naismith's Rule: How Long a Walk Will Take",
                  metaDescription:
                    'Twelve minutes a kilometre, plus ten for every hundred metres of climb: a rule from 1892 that still works, and its corrections.',
                  body: `William Naismith, a Scottish accountant, wrote in 1892 that a fit man needs an hour for every three miles and another half for each thousand feet of climbing. In metres: twelve minutes for a kilometre, and ten more for each hundred metres up. It has never been much improved.

Twelve kilometres with 600 of ascent come to 144 minutes and 60, say three hours and a half. That is walking time. Add a quarter for stopping, eating and finding the gate. With a heavy bag or a child add half. In fresh snow or heather, double it.

Going down is more complicated. On an easy path of five to ten degrees you gain, about ten minutes for every three hundred metres. Steeper than that and you lose the same amount again.

Do the sum for each leg, from one clear point to another, and write it in the margin. If you reach the second of them half as late again as you had written, it is not the rule that is wrong: turn round at the third.`,
                },
                {
                  title: 'Paths that are on the map and nowhere else',
                  body: `A green dashed line in Britain is a right, and not a path. It states that you may walk there, and says nothing of a footprint, a stile or a bridge. Some were drawn by parish councils in 1952, from memory, and cross a quarry.

A thin black line means that a surveyor, once, saw a trace on the ground. Where black and green run side by side all is well. Where only the green one goes on, have a look at what it crosses, for instance contours closer than a millimetre, or the blue tufts which stand for bog.

On the ground the older way is often the better. Look for what does not grow by chance: a sunken lane between two hedges, a line of hawthorns, a flat stone across a ditch. Sheep make good paths along a slope and hopeless ones up it. People cut corners and sheep do not. And where two tracks of equal width part company, the one with a gate that has been mended is the one that somebody uses.`,
                },
              ],
            },
            {
              name: 'Compass and Fog',
              description:
                'Bearings, paces and the handful of habits that bring you down from a hill you cannot see.',
              posts: [
                {
                  title: 'Three steps to a bearing',
                  level: 'beginner',
                  body: `Lay the long edge of the compass on the map so that it joins where you are to where you want to go, with the arrow of travel pointing that way. This is step one, and the one in which people make the mistake that sends them off in exactly the wrong direction.

Step two. Hold the plate still and turn the dial until the lines in its floor run parallel to the grid, with their red ends to the north of the map. Forget the needle for now. Step three: take it off the map, hold it flat before your chest and turn yourself, feet and all, until the red of the needle lies in the red of the housing. *Red in the shed.* You are looking along your bearing.

Pick something on that line, a stone or a tuft, not too far, and walk to it. Then choose the next. Do not walk with your eyes on the needle. Where magnetic north differs from the grid, add the difference if it lies to the west; in Britain it is now nearly nothing.`,
                },
                {
                  title: 'Aiming off',
                  level: 'intermediate',
                  excerpt: 'Miss your target on purpose, and you will know which way to turn.',
                  body: `There is a footbridge over the river, two kilometres off in the mist. Take an exact bearing for it, walk as carefully as you can, and you will still stray by some four degrees, which at that distance is 140 metres. You arrive at the bank. There is no bridge. Is it to the left or to the right?

So miss on purpose. Set the compass for a point two or three hundred metres upstream. When you come to the water, you know: the bridge is downstream, to the right, and you need only follow the bank. Sailors do it with harbours and airmen with railways.

It needs a line to catch you, a river, a wall, the edge of a wood or a road, and it does not work with a point in open country. There you use an attack point: something large, near the small thing you want, such as the bend of a stream 150 metres from the hut. Go quickly to that, and only for the last bit count your steps.`,
                },
              ],
            },
            {
              name: 'The Long Day',
              posts: [
                {
                  title: 'Feet first',
                  level: 'beginner',
                  body: `A blister needs three things: heat, damp and rubbing. Take away any one and it will not come. Change socks at noon and hang the wet pair on your bag. Wool next to the skin, since it stays warm and slippery when damp, and under it for those with tender feet a thin liner, so that the two rub on each other instead.

Buy boots in the afternoon, when feet have swollen, half a size larger than your shoes, and walk down a ramp in them. If your toes touch the front you will lose the nails in the first long descent. Lace them tight over the instep and looser above for going up. Coming down, the other way round.

At the first warm spot stop. Not at the next gate. Dry the place, put on tape, smooth, with rounded corners, and leave it until it falls off. Five minutes. Those who go on for the sake of the others will be walking slower than all of them by three o'clock, and for the next four days.`,
                },
                {
                  title: 'Thunder on the ridge',
                  level: 'intermediate',
                  body: `Count the seconds from flash to bang and divide by three: that is the distance in kilometres. At ten it is time to leave the ridge, and at five too late to think about which way.

In the mountains storms are made on the spot. A clear morning, damp heat, small white clouds by ten o'clock that are taller than they are wide, an anvil at two. So start early and be down from the high part by noon. It is the simplest of all the rules and is broken every day in August.

If it catches you get below the crest, off the top and out from under any lone tree. Keep away from overhangs and the mouths of caves, since the current jumps the gap there, through you. Avoid fences, wires, streams. In the open, crouch on your rucksack with your feet together. Spread out, thirty metres from one another, so that somebody can help. When hair stands up or metal hums, do it at once. Wait half an hour after the last thunder.`,
                  revision:
                    'Someone struck by lightning carries no charge and can be touched. If they do not breathe, begin resuscitation: their chances are far better than after any other cardiac arrest.',
                },
              ],
            },
          ],
        },
      ],
    },
  ],
};
