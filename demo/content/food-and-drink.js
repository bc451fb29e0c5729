module.exports = {
  name: 'Food and Drink',
  description:
    'Books for people who cook with their hands and read with their fingers floury: bread, street food and tea, explained by those who make them every day.',
  vi: {
    name: 'Ẩm thực',
    description:
      'Sách cho người thích vào bếp: bánh mì, món ăn đường phố và trà, do chính người làm nghề kể lại.',
  },
  groups: [
    {
      name: 'Bread',
      books: [
        {
          name: 'The Patient Loaf',
          author: 'Harriet Colley',
          description: 'A year of baking at home with nothing but flour, water, salt and time.',
          chapters: [
            {
              name: 'Starters and Yeast',
              description:
                'What lives in a jar of flour and water, how to keep it fed, and what to do when it sulks.',
              posts: [
                {
                  title: 'Why bread rises',
                  level: 'beginner',
                  metaTitle: 'Why Bread Rises: Yeast, Gas and Gluten',
                  body: `Yeast eats sugar and breathes out carbon dioxide. That much most people know. What is easy to miss is that the gas alone would do nothing: pour carbon dioxide into a batter of flour and water and it simply bubbles off. Bread rises because two wheat proteins, glutenin and gliadin, join into gluten when they get wet and are moved about. Gluten is elastic, so it stretches around each bubble, and it is plastic, so it stays stretched.

Three things decide how far a loaf climbs. The yeast must have food, which the flour's own enzymes supply by cutting starch into maltose. The dough must be warm, because yeast works about twice as fast at 27 °C as at 17 °C. And the gluten must be strong enough to hold the gas but loose enough to give way.

The last push happens in the oven. For the first ten minutes the gas expands, water turns to steam, and the yeast makes one final effort before it dies at around 60 °C. Bakers call it oven spring.`,
                },
                {
                  title: 'A starter in seven days',
                  level: 'beginner',
                  body: `You need a clean jar, wholemeal rye flour and water that does not smell of chlorine. On the first day stir 50 g of each together and leave the jar on the counter with its lid loose.

- **Day 2.** Nothing, or a few bubbles. Leave it.
- **Day 3.** It may double and smell of old cheese. These are leuconostoc bacteria, not yeast, and they are on their way out. Throw away all but 50 g and feed it 50 g flour and 50 g water.
- **Day 4.** It goes quiet. This is where most people give up. Feed it anyway.
- **Days 5 and 6.** Small, even bubbles, and a smell of apples or yoghurt. Feed once a day.
- **Day 7.** Feed it in the morning. If it doubles within six hours, it can raise a loaf.

The acid made during the first days kills what you do not want and lets the acid-loving yeasts take over. That is why an unhurried starter is a safer one.`,
                },
                {
                  title: 'Keeping a starter you rarely use',
                  body: `Most starters die of attention, not neglect. Their owners feed them twice a day, tip half into the bin, feel guilty about the flour and, in the third week, stop altogether.

If you bake on Saturdays, keep the jar in the refrigerator and think about it on Friday. Take out a tablespoon of the cold starter, stir it into 60 g flour and 60 g water, and leave it in the warmest corner of the kitchen overnight. In the morning use what you need and put the rest back in the cold jar. Nothing is thrown away, and the jar never grows.

The grey liquid that gathers on top is alcohol and water; bakers call it hooch. Pour it off or stir it in. Pink or orange streaks are another matter: those are bacteria that make people ill, and the only remedy is the bin and a jar fresh from boiling water. For holidays longer than a month, smear a spoonful on baking paper, let it dry until it flakes, and keep the flakes in an envelope.`,
                },
              ],
            },
            {
              name: 'Dough in the Hands',
              posts: [
                {
                  title: 'Folding instead of kneading',
                  level: 'intermediate',
                  metaDescription:
                    'Four folds over two hours build as much strength as ten minutes of kneading, and keep the colour and flavour of the flour.',
                  body: `Kneading is a way to save time, not to make better bread. Gluten forms by itself wherever wet flour is left to stand; hands and machines only speed it up and line the strands in one direction.

To fold, wet your fingers, reach under the far edge of the dough, pull it up until it resists, and lay it over the rest. Turn the bowl a quarter and do it again, four times in all. That is one set. Wait half an hour and repeat. After three or four sets a dough that began as porridge will hold its shape like a cushion.

The waiting matters more than the pulling. Between the sets the strands relax, so that the next fold can stretch them further without tearing. And because the dough is never beaten, less oxygen gets in, and the creamy carotenoids of the flour survive. A folded loaf is yellower inside, and tastes more of wheat, than one from a mixer.`,
                },
                {
                  title: "Baker's percentages without fear",
                  level: 'intermediate',
                  body: `In a baker's recipe the flour is always 100 per cent, whatever it weighs, and everything else is measured against it. A dough of 500 g flour, 350 g water, 10 g salt and 100 g starter is written 100 – 70 – 2 – 20. The sum is 192, which puzzles people, because they expect percentages of a whole.

The point of the system is that you can read a dough before you make it. Water at 60 is a stiff bagel, at 70 an everyday loaf, at 80 a ciabatta that needs a scraper. Salt is nearly always between 1.8 and 2.2; a recipe that says 3 has a misprint in it. Starter at 10 means an overnight wait, at 40 an afternoon.

Scaling becomes trivial. Want 900 g of dough? Divide 900 by 1.92 and you get 469 g of flour. Remember only that a starter is itself half flour and half water, so that the true hydration of the dough above is 400 over 550: not 70 but almost 73 per cent.`,
                  revision:
                    'A last trick: write the percentages on the lid of the flour bin in grease pencil. You will stop looking for the recipe within a month.',
                },
              ],
            },
            {
              name: 'The Oven',
              posts: [
                {
                  title: 'Steam, and what it does to a crust',
                  body: `A crust sets in the first fifteen minutes, and once set it cannot stretch. Steam keeps it soft for longer. Water condenses on the cool dough, gives up its heat, and leaves a film in which the outermost starch swells into a gel. That gel stays flexible while the loaf springs, then dries into the thin, glossy shell that crackles on the cooling rack.

Professional ovens inject a litre of steam at the press of a button. At home the best machine is a cast-iron pot with a lid: a kilogram of dough loses about 100 g of water as it bakes, and under a lid that is steam enough. Heat the empty pot to 240 °C, lower the loaf in on a sheet of paper, and take the lid off after twenty minutes.

Trays of boiling water work less well than books claim, because a domestic oven vents most of it. A handful of lava stones in a tin, heated with the oven and doused with half a cup of water, does better.`,
                },
                {
                  title: 'How to tell when a loaf is done',
                  level: 'beginner',
                  body: `Colour is a poor judge and time a worse one. Ovens lie about their temperature by as much as twenty degrees, and a dough with milk in it browns long before it is baked.

Knock on the bottom. A finished loaf sounds hollow because the crumb has set around thousands of gas bubbles; a wet one answers with a dull thud. It is a fair test for a round of 800 g and a useless one for a roll.

A thermometer settles the matter. Push it into the middle from below: 93 °C for a lean white loaf, 96 °C for one with much rye, 88 °C for brioche, which would be dry at more. If the number is right and the crust too pale, move the loaf to a higher shelf for five minutes. If the crust is dark and the number low, turn the oven down to 180 °C and lay foil on top.

Then wait. The starch goes on setting for an hour, and a loaf cut hot is gummy no matter how well it was baked.`,
                },
                {
                  title: 'Scoring with a purpose',
                  draft: true,
                  body: `A loaf will burst somewhere. Scoring is choosing where. Without a cut the crust gives way at its weakest point, usually low on one side, and the bread comes out looking like a dropped hat.

Hold the blade at thirty degrees to the surface, not upright. An upright cut opens evenly and stays flat; a slanted one leaves a flap, and the flap lifts into the ear that bakers photograph. Go in about half a centimetre deep and do it in one movement. Hesitation drags the skin.

The pattern follows the shape. A long loaf wants one cut nearly from end to end, a little off the middle. A round one wants a cross or a square. Baguettes take five short slashes that overlap by a third, each almost parallel to the loaf. Dough that has proved too long collapses as soon as it is touched, and then the kindest thing is not to score at all.`,
                },
              ],
            },
          ],
        },
        {
          name: 'Flour, Water, World',
          author: 'Samir Haddad',
          chapters: [
            {
              name: 'Flatbreads',
              posts: [
                {
                  title: 'The pocket in a pita',
                  body: `Nobody cuts the pocket. It makes itself in ninety seconds, and only if the oven is hotter than seems reasonable. At 250 °C on a stone that has heated for an hour, the two faces of a thin round set almost at once. The water between them turns to steam, cannot escape, and blows the bread up like a pillow. When it cools, the faces fall back but do not rejoin.

What prevents the pocket is nearly always unevenness. Roll the round to four millimetres and no thinner at the rim; a torn spot or a dry one lets the steam out. Let the rounds rest for ten minutes after rolling so that the gluten relaxes, and turn them over before they go in, because the side that has been resting on flour is the drier one.

Stack the hot pitas in a cloth. They should be soft enough to wrap round a finger, and a cracker-like pita has simply been in too long: two minutes is the limit.`,
                },
                {
                  title: 'Injera, the bread that is also a plate',
                  level: 'advanced',
                  body: `Teff grains are so small that three thousand of them weigh a gram. Ground to flour, mixed with water and left to ferment for three days with a little of the last batch, called *ersho*, they make a batter as sour as buttermilk.

Injera is cooked on one side only. The batter is poured in a spiral, from the rim of a wide clay griddle towards the centre, and for half a minute nothing happens. Then the surface breaks out in hundreds of holes, called eyes. At that moment a lid goes on and steam finishes the top. The underside stays as smooth as slate.

Before pouring, experienced cooks take out a cup of batter, boil it to a paste and stir it back in. This *absit* gelatinises part of the starch, which matters because teff has no gluten: the paste is what lets the bread bend without breaking. A good injera is elastic, cool to the touch and just sour enough to make you want the stew that is ladled on it.`,
                },
              ],
            },
            {
              name: 'Enriched Doughs',
              posts: [
                {
                  title: 'Brioche and the order of butter',
                  level: 'advanced',
                  body: `A brioche dough holds half its flour's weight in butter, and fat is the enemy of gluten: it coats the proteins and keeps water away from them. So the order is everything. First mix flour, eggs, sugar, salt and yeast, and knead until a piece can be stretched thin enough to read through. Only then does the butter go in.

It must be cold but pliable. Beat it with a rolling pin until it bends without cracking, and add it in lumps the size of a walnut, each only when the one before has vanished. The dough will look ruined halfway through, a heap of greasy rags. Carry on. Within five minutes it gathers itself and slaps the bowl.

Keep an eye on the heat. Butter melts at 32 °C, and a mixer warms the dough by a degree a minute. If the bowl feels warm to the palm, stop and put it in the refrigerator for a quarter of an hour. A night in the cold afterwards makes the dough easy to shape and rounds out its taste.`,
                },
                {
                  title: 'Tangzhong: cooking part of the flour',
                  level: 'intermediate',
                  body: `Stir one part of flour into five parts of milk and heat it. At 65 °C the mixture suddenly thickens like custard, because the starch granules swell and burst, and each takes in several times its weight in water. Cooled and added to a dough, this paste is called *tangzhong*.

What it buys you is water that the dough does not feel. A soft roll with 75 per cent of liquid would stick to everything; with a tenth of its flour cooked, the same dough can be shaped with dry hands. That bound water turns to steam in the oven and lifts the crumb, and what is left of it keeps the bread tender on the third and fourth day, when an ordinary milk loaf has gone stale.

The Japanese loaf called *shokupan* is the famous example, but nothing in the method is bound to it. Cinnamon rolls, hamburger buns and even a plain sandwich loaf gain from it. Use five to eight per cent of the flour, and count the milk as part of the liquid.`,
                },
                {
                  title: 'Six strands of challah',
                  body: `Write it on a card and prop it against the wall: *over two, under one, over two*. With that sentence anyone can braid six strands, which is more than can be said for most diagrams.

Roll six ropes as long as your forearm, thick in the middle and thin at the tips. Pinch them together at the far end and fan them out. Take the strand on the extreme right, lead it over the two beside it, under the next and over the last two. It now lies on the left. Begin again with whichever strand has become the rightmost. After a dozen rounds the ropes run out; tuck the ends under.

Challah contains eggs and oil but no milk, so that it may be eaten with meat. Brush it twice with beaten egg, once after braiding and again just before baking, or the loaf will show pale stripes where the strands pull apart in the oven. A pinch of salt in the egg makes it flow more evenly.`,
                },
              ],
            },
            {
              name: 'Rye and Dark Breads',
              posts: [
                {
                  title: 'Why rye needs acid',
                  level: 'intermediate',
                  body: `Rye carries far more amylase than wheat does, and this enzyme goes on working until 75 °C. Rye starch gelatinises at about 60 °C. Between the two lies a dangerous quarter of an hour in which the enzyme turns the freshly cooked starch into sugar and water. The result is a loaf with a wet, sticky line along the bottom, or with a crust that has floated off like a roof.

Acid stops it. Below a pH of about 4.5 amylase all but goes to sleep, and that is why rye bread and sourdough have belonged together for centuries. A third of the rye flour, fermented with a sour starter for sixteen hours, is enough to protect the whole dough.

Do not look for gluten here. Rye is held together by pentosans, gummy carbohydrates that take up eight times their weight in water. The dough is a paste. It cannot be kneaded, does not spring, and should be smoothed into its tin with a wet spoon.`,
                },
                {
                  title: 'Pumpernickel takes a day',
                  excerpt:
                    'No syrup, no cocoa: the black bread of Westphalia gets its colour from twenty hours in a cool oven.',
                  body: `True Westphalian pumpernickel contains coarse rye meal, whole rye berries, water, salt and a piece of last week's bread, soaked and squeezed. There is no syrup in it, no cocoa and no caramel, though industrial bakers use all three to imitate the colour.

That colour comes from patience. The tins are closed with lids and stand for sixteen to twenty-four hours in an oven that falls slowly from 150 to 100 °C. In the moist dark the enzymes turn starch into sugar, and then, far below the temperature at which a crust would brown, sugars and amino acids react with each other hour after hour. What emerges is almost black, sweet, and moist enough to keep for months.

There is no crust at all. The loaf is left for two days and cut into slices as thin as cardboard. Butter, smoked ham and a glass of something cold are the usual company. As for the name, nobody knows for certain, and the explanation that involves Napoleon's horse is certainly wrong.`,
                },
              ],
            },
          ],
        },
      ],
    },
    {
      name: 'The Vietnamese Table',
      description: 'Street food, coffee and tea from Hà Nội to the Mekong delta.',
      vi: {
        name: 'Bàn ăn Việt',
        description: 'Món ăn đường phố, cà phê và trà từ Hà Nội đến đồng bằng sông Cửu Long.',
      },
      books: [
        {
          name: 'Breakfast on a Plastic Stool',
          author: 'Nguyễn Thu Hà',
          vi: { name: 'Bữa sáng trên ghế nhựa' },
          chapters: [
            {
              name: 'Bowls and Broths',
              vi: { name: 'Tô và nước dùng' },
              posts: [
                {
                  title: 'A clear broth for phở',
                  level: 'intermediate',
                  body: `The broth of phở should be clear enough to see the pattern of the bowl through it, and yet taste as if it had been argued over for a day. Both come from the same habit: never let it boil.

Start with beef knuckles and a piece of oxtail. Cover them with cold water, bring it to a rolling boil for five minutes and pour everything away. This rinses off the blood proteins that would otherwise turn the soup grey. Cover the clean bones with fresh water and let it tremble, at about 95 °C, for eight hours.

Meanwhile hold an onion and a hand of ginger over a flame until the skins are black, then rub off the char under the tap. Toast star anise, cassia, cloves and a black cardamom in a dry pan until you can smell them from the next room. They go in for the last hour only, tied in cloth; left longer, star anise takes over like a guest who will not go home. Season with fish sauce and a small lump of rock sugar.`,
                  vi: {
                    title: 'Nồi nước phở trong',
                    body: `Nước phở phải trong đến mức nhìn thấy hoa văn dưới đáy tô, vậy mà vẫn đậm như được ninh cả ngày. Hai điều ấy đều nhờ một thói quen: không bao giờ để nước sôi bùng.

Bắt đầu với xương ống bò và một khúc đuôi. Cho xương vào nước lạnh, đun sôi mạnh năm phút rồi đổ hết nước đi. Bước này rửa sạch phần huyết làm nước dùng bị đục. Xong, đổ nước mới ngập xương và giữ cho mặt nước chỉ lăn tăn, khoảng 95 độ, trong tám tiếng.

Trong lúc đó, nướng hành và gừng trên lửa cho cháy xém vỏ, rồi cạo sạch dưới vòi nước. Rang hồi, quế, đinh hương và thảo quả trên chảo khô đến khi dậy mùi. Gói gia vị vào túi vải và chỉ thả vào nồi trong giờ cuối; để lâu hơn, mùi hồi sẽ lấn át tất cả. Nêm bằng nước mắm ngon và một cục đường phèn nhỏ.`,
                  },
                },
                {
                  title: 'Bún bò Huế is not spicy phở',
                  body: `Travellers who meet it in Sài Gòn take bún bò Huế for a red, fiery cousin of phở. In Huế they would be corrected over the first spoonful. The noodles are round, not flat. The broth is built on pork as much as beef. And its backbone is not star anise but lemongrass and *mắm ruốc*, a fermented shrimp paste that smells of low tide and tastes of everything.

The paste is stirred into cold water, left to settle for an hour, and only the clear liquid is poured into the pot. Bruised lemongrass goes in whole, a dozen stalks tied in a knot. The colour comes from annatto seeds warmed in oil, and the heat from chilli fried with shallots and lemongrass until it is almost dry.

A bowl without a slice of pork knuckle is not taken seriously. Beside it come banana flower cut in threads, mint, lime and, for those who were born there, a cube of congealed pork blood. It is eaten early; after ten in the morning the good stalls have washed their pots.`,
                  vi: {
                    title: 'Bún bò Huế không phải là phở cay',
                    body: `Nhiều du khách ăn bún bò ở Sài Gòn rồi nghĩ đó là một loại phở màu đỏ và cay. Người Huế nghe vậy chắc sẽ lắc đầu. Sợi bún tròn chứ không dẹt. Nước dùng hầm từ xương heo nhiều không kém xương bò. Cái cốt của tô bún không phải là hồi mà là sả và mắm ruốc.

Mắm ruốc được hòa với nước lạnh, để lắng chừng một tiếng, rồi chỉ chắt phần nước trong vào nồi. Sả đập dập, bó cả chục cây thả nguyên vào ninh. Màu đỏ lấy từ hạt điều phi dầu, còn vị cay đến từ ớt xào với hành tím và sả cho thật khô.

Tô bún thiếu khoanh giò heo thì chưa ra tô bún. Ăn kèm là bắp chuối thái sợi, rau húng, chanh và, với người bản xứ, một miếng huyết. Bún bò là món ăn sớm; sau mười giờ sáng, những gánh ngon đã rửa nồi ra về.`,
                  },
                },
                {
                  title: 'Cháo, rice made gentle',
                  level: 'beginner',
                  body: `When someone in a Vietnamese family is ill, rice becomes *cháo*. One handful of grains to ten of water, an hour of slow stirring, and the rice gives up its shape. It asks nothing of the stomach and, in the right hands, is far from dull.

Toast the dry rice first, in the pot, until a third of the grains have turned golden. It keeps the porridge from going gluey and gives it a smell of popcorn. Break the grains a little in a mortar if you are in a hurry. Add hot stock, not cold, and stir more often towards the end, when the bottom begins to catch.

Each region has its own companion for it. In Hà Nội it is fried dough sticks and a fistful of perilla; in the south, pig's offal with spring onions; along the coast, clams with black pepper. For a fever there is only one version: beaten egg, minced perilla and a great deal of ginger, eaten as hot as you can bear under a blanket.`,
                  vi: {
                    title: 'Cháo, hạt gạo dịu dàng',
                    body: `Trong gia đình Việt, khi có người ốm thì gạo thành cháo. Một nắm gạo, mười phần nước, một tiếng khuấy chậm tay, và hạt gạo nở bung. Cháo không làm nặng bụng mà vẫn có thể rất ngon.

Hãy rang gạo khô ngay trong nồi đến khi khoảng một phần ba số hạt ngả vàng. Nhờ vậy cháo không bị nhão và thơm như cốm rang. Nếu vội, giã dập gạo một chút. Chan nước dùng nóng chứ đừng dùng nước lạnh, và càng về cuối càng phải khuấy đều vì đáy nồi dễ khê.

Mỗi miền có một thứ ăn kèm. Hà Nội có quẩy và tía tô; miền Nam có lòng heo với hành lá; miền biển có nghêu và tiêu đen. Còn khi bị cảm thì chỉ có một cách: trứng gà, tía tô thái nhỏ, thật nhiều gừng, ăn lúc còn nóng rồi trùm chăn cho toát mồ hôi.`,
                  },
                },
              ],
            },
            {
              name: 'Bread and Rice',
              vi: { name: 'Bánh mì và cơm' },
              posts: [
                {
                  title: 'How the baguette became bánh mì',
                  metaTitle: 'How the French Baguette Became Bánh Mì',
                  body: `The French brought wheat bread to Vietnam, and for decades it stayed on French tables, served with butter at prices no porter could pay. During the First World War the flour ships stopped coming, and bakers stretched what they had with rice flour. Whether rice flour is what makes the crumb so light is disputed; most bakers today use none, and rely on a very strong rise and a very hot oven.

After 1954 a wave of families moved south and opened small shops in Sài Gòn. One of them, Hòa Mã, had the idea of putting everything inside the bread so that customers could eat on the way to work. The sandwich was born in that moment, not in Paris.

A good bánh mì is short, fat and nearly hollow, with a crust that shatters into flakes. It holds pâté, mayonnaise beaten by hand, two kinds of cold pork, pickled carrot and radish, cucumber, coriander and chilli. Each is there to answer another: fat and acid, soft and crisp, cold and hot.`,
                  vi: {
                    title: 'Từ baguette đến bánh mì',
                    metaTitle: 'Chiếc baguette Pháp trở thành bánh mì như thế nào',
                    body: `Người Pháp mang bánh mì đến Việt Nam, và suốt mấy chục năm nó chỉ nằm trên bàn ăn của họ. Trong Thế chiến thứ nhất, tàu chở bột mì không sang được, thợ làm bánh phải pha thêm bột gạo. Bột gạo có phải là lý do khiến ruột bánh nhẹ hay không thì vẫn còn tranh cãi; ngày nay phần lớn lò bánh không dùng nữa mà nhờ ủ nở mạnh và lò thật nóng.

Sau năm 1954, nhiều gia đình vào Nam và mở những tiệm nhỏ ở Sài Gòn. Tiệm Hòa Mã nghĩ ra cách kẹp mọi thứ vào ruột bánh để khách vừa đi làm vừa ăn. Ổ bánh mì kẹp ra đời từ lúc ấy, chứ không phải ở Paris.

Ổ bánh ngon thì ngắn, tròn, gần như rỗng ruột, vỏ giòn vỡ vụn. Bên trong có pa-tê, bơ trứng đánh tay, hai thứ thịt nguội, đồ chua, dưa leo, ngò và ớt. Mỗi thứ đáp lại một thứ: béo với chua, mềm với giòn, nguội với nóng.`,
                  },
                },
                {
                  title: 'Cơm tấm: the rice nobody wanted',
                  body: `Broken grains fall out of the mill and used to be fed to chickens, or kept by the farmers who could not afford to sell themselves whole rice. Cooked, they are short, a little sticky, and take up sauce better than any long grain. Sài Gòn made a delicacy of them.

A plate of cơm tấm is an exercise in arrangement. In the middle, a dome of rice with spring onions softened in hot oil. On one side a pork chop, marinated overnight in lemongrass, honey and fish sauce and grilled over charcoal so that the edges blacken. On the other, *bì*, fine threads of pork skin rolled in toasted rice powder, and a wedge of *chả trứng*, a steamed loaf of egg, pork and glass noodles. Cucumber and pickles stand guard.

The sauce ties it together: fish sauce, sugar, lime, garlic and chilli, thickened by nothing and sweeter than a northerner would allow. You pour it over everything and eat with a spoon and fork. Chopsticks are no use against grains this small.`,
                  vi: {
                    title: 'Cơm tấm: thứ gạo từng bị bỏ đi',
                    body: `Hạt gạo vỡ rơi ra khi xay xát, ngày trước để cho gà ăn hoặc để dành cho nhà nghèo. Nấu lên, hạt ngắn, hơi dẻo và thấm nước mắm hơn hẳn gạo nguyên hạt. Sài Gòn đã biến nó thành món ngon.

Một đĩa cơm tấm là cả một cách bày biện. Ở giữa là vun cơm rưới mỡ hành. Một bên là miếng sườn ướp sả, mật ong và nước mắm qua đêm, nướng than cho cháy cạnh. Bên kia là bì, những sợi da heo trộn thính, và một miếng chả trứng hấp có thịt với miến. Dưa leo và đồ chua đứng canh hai đầu.

Nước mắm là thứ nối tất cả lại: nước mắm, đường, chanh, tỏi, ớt, ngọt hơn khẩu vị người Bắc một chút. Chan lên khắp đĩa rồi ăn bằng muỗng nĩa. Hạt cơm nhỏ thế này, đũa đành chịu.`,
                  },
                },
              ],
            },
            {
              name: 'Sweets and Coffee',
              vi: { name: 'Đồ ngọt và cà phê' },
              posts: [
                {
                  title: 'Coffee through a phin',
                  level: 'beginner',
                  body: `A phin is four pieces of stamped metal: a plate, a cup, a perforated press and a lid. It has no paper, no pump and nothing that can break, and it makes one strong coffee in the time it takes to read the front page.

Put in twenty grams of robusta, ground a little coarser than for espresso. Shake it level and lay the press on top without screwing it down. Pour in just enough water, at about 93 °C, to wet the grounds, and wait half a minute while they swell. Then fill the cup to the brim and put on the lid. One drop a second is right. If it runs, press harder next time; if it stops, grind coarser.

Robusta is bitter, low in acid and has twice the caffeine of arabica, which is why it can stand up to two spoons of condensed milk. In the 1920s fresh milk would not keep in the heat, and a tin from Europe did. Poured over ice, the same drink becomes *cà phê sữa đá*, and the afternoon becomes possible.`,
                  vi: {
                    title: 'Cà phê phin',
                    body: `Một chiếc phin chỉ có bốn miếng kim loại: đế, thân, nắp gài và nắp đậy. Không giấy lọc, không bơm, không có gì để hỏng, và pha một ly đậm đặc vừa đủ lúc đọc xong trang nhất tờ báo.

Cho hai mươi gam robusta, xay thô hơn espresso một chút. Lắc cho phẳng rồi đặt nắp gài lên mà đừng nén chặt. Rót nước chừng 93 độ vừa đủ ướt bột, chờ nửa phút cho cà phê nở. Sau đó rót đầy phin và đậy nắp. Mỗi giây một giọt là vừa. Nếu chảy nhanh, lần sau nén mạnh hơn; nếu tắc, xay thô hơn.

Robusta đắng, ít chua và có lượng caffeine gấp đôi arabica, nên chịu được hai muỗng sữa đặc. Những năm 1920, sữa tươi không giữ nổi trong cái nóng, còn hộp sữa từ châu Âu thì giữ được. Rót lên đá, ly ấy thành cà phê sữa đá, và buổi chiều bỗng dễ chịu hơn.`,
                  },
                },
                {
                  title: 'Egg coffee from a wartime kitchen',
                  excerpt: 'In 1946 there was no milk in Hà Nội. A barman whisked an egg yolk instead.',
                  body: `In 1946 milk was scarce in Hà Nội, and Nguyễn Văn Giảng, a barman at the Metropole hotel, was looking for something to put in its place. He whisked an egg yolk with sugar until it stood up like cream and spooned it over hot coffee. His family still runs a café on Nguyễn Hữu Huân street, up a corridor you would take for the way to someone's kitchen.

The drink is closer to a dessert than to a cappuccino. For two cups beat two yolks with four teaspoons of condensed milk and one of sugar for at least five minutes, until the mixture is pale and a ribbon of it lies on the surface without sinking. A few drops of vanilla or rum hide any smell of egg.

Stand the cup in a bowl of hot water, so that the foam does not cool and turn heavy, and pour a very strong coffee through it from one side. It slides underneath. Locals eat the foam with a spoon first, then drink what is left.`,
                  vi: {
                    title: 'Cà phê trứng thời thiếu sữa',
                    body: `Năm 1946, sữa ở Hà Nội rất hiếm. Ông Nguyễn Văn Giảng, khi ấy làm pha chế ở khách sạn Metropole, tìm thứ để thay. Ông đánh lòng đỏ trứng với đường cho bông lên như kem rồi múc lên trên ly cà phê nóng. Gia đình ông đến nay vẫn bán ở phố Nguyễn Hữu Huân, cuối một lối đi hẹp tưởng như dẫn vào bếp nhà ai.

Món này gần với tráng miệng hơn là cappuccino. Với hai ly, đánh hai lòng đỏ cùng bốn thìa cà phê sữa đặc và một thìa đường ít nhất năm phút, đến khi hỗn hợp nhạt màu và kéo thành sợi không chìm. Vài giọt vani hoặc rượu rum sẽ át mùi tanh.

Đặt ly vào bát nước nóng để lớp kem không nguội, rồi rót cà phê thật đậm vào một bên cho chảy xuống dưới. Người Hà Nội xúc kem ăn trước, sau đó mới uống phần còn lại.`,
                  },
                },
                {
                  title: 'Chè, or dessert as a question',
                  draft: true,
                  body: `Ask for chè and you will be asked back: which one? The word covers soups, puddings, jellies and glasses of crushed ice; what they share is sugar and something that is not usually sweet. Mung beans, lotus seeds, kidney beans, taro, sweetcorn, seaweed and even roast pork find their way into them.

Chè ba màu, three colours, is the one on the posters. Red beans at the bottom, yellow mung paste in the middle, green pandan jelly on top, and coconut milk over all. The trick is in the textures. The beans must be soft but whole, simmered with a pinch of bicarbonate; the jelly must snap; the coconut milk needs salt, or the whole glass tastes flat.

Huế claims thirty-six kinds, a leftover of the imperial kitchens. The strangest is *chè bột lọc heo quay*: cubes of crisp pork sealed in tapioca, floating in ginger syrup. It sounds like a dare. It tastes like the moment in a meal when the sweet and the salty finally stop quarrelling.`,
                },
              ],
            },
          ],
        },
        {
          name: 'Leaf and Water',
          author: 'Lê Minh Trà',
          description:
            'Tea from the garden to the cup, with a long stay among the ancient trees of the north.',
          vi: {
            name: 'Lá và nước',
            description: 'Trà từ vườn đến chén, với một chặng dừng lâu giữa những cây chè cổ thụ miền Bắc.',
          },
          chapters: [
            {
              name: 'The Leaf',
              vi: { name: 'Lá trà' },
              posts: [
                {
                  title: 'One plant, six teas',
                  level: 'beginner',
                  metaDescription:
                    'Green, white, yellow, oolong, black and dark tea all come from one plant. What differs is what happens after picking.',
                  body: `White, green, yellow, oolong, black and dark tea are all made from *Camellia sinensis*. What differs is what people do in the hours after picking, and nearly all of it concerns a single enzyme.

Polyphenol oxidase sits in the leaf, separated from the polyphenols it would like to attack. Bruise the leaf and they meet; the leaf browns like a cut apple. For green tea the maker prevents this with heat, in a wok in China, in steam in Japan. For black tea the leaf is rolled until its juice runs and left until it is copper-coloured. Oolong lies in between, tossed in bamboo trays so that only the edges are hurt. White tea is simply left to wither, and oxidises a little because nobody stops it.

Yellow tea is a green tea that is wrapped warm and left to sweat for a day or two. Dark tea is the odd one: microbes do the work, sometimes for decades. So the six names on a tin say nothing about plants. They say when someone said "stop".`,
                  vi: {
                    title: 'Một cây, sáu loại trà',
                    body: `Trà trắng, xanh, vàng, ô long, đen và phổ nhĩ đều làm từ một loài cây, *Camellia sinensis*. Khác nhau ở chỗ người ta làm gì trong mấy giờ sau khi hái, và gần như tất cả xoay quanh một loại men.

Men ấy nằm sẵn trong lá, tách khỏi những chất nó muốn phản ứng. Khi lá bị vò, chúng gặp nhau và lá sẫm lại như miếng táo cắt. Với trà xanh, người làm dùng nhiệt để chặn lại: sao chảo ở Trung Quốc, hấp hơi nước ở Nhật. Với trà đen, lá được vò cho ra nước rồi để đến khi chuyển màu đồng. Ô long nằm ở giữa, xóc trong nia tre để chỉ dập phần mép. Trà trắng chỉ để héo tự nhiên.

Trà vàng là trà xanh được gói lúc còn ấm và ủ một hai ngày. Trà phổ nhĩ thì do vi sinh vật làm, có khi mất hàng chục năm. Vậy nên sáu cái tên trên hộp không nói về cây, mà nói về lúc người ta bảo "dừng lại".`,
                  },
                },
                {
                  title: 'What two leaves and a bud mean',
                  body: `A tea bush puts out new shoots every ten days or so in the season. At the tip sits a bud, still rolled and covered in down; below it the first leaf, half open, and the second, flat and bright. Pickers take these three and leave the rest.

The reason is chemistry. The young shoot holds most of the plant's caffeine, which is there to poison insects, and most of its theanine, the amino acid that tastes of broth and makes tea soothing in spite of the caffeine. By the fourth leaf both have fallen by half, fibre has taken their place, and the cup turns thin and woody.

A trained hand gathers about thirty thousand shoots a day. They weigh perhaps fifteen kilograms and become three kilograms of finished tea. Machines cut everything at one height, old leaves, stems and all, at a hundred times the speed. Neither way is wrong; a tea bag does not need theanine. But it explains the price on the tin better than any story about misty mountains.`,
                  vi: {
                    title: 'Một tôm hai lá nghĩa là gì',
                    body: `Vào mùa, cứ khoảng mười ngày cây chè lại nhú búp mới. Trên cùng là tôm, còn cuộn và phủ lông tơ; dưới là lá thứ nhất hé mở, rồi lá thứ hai phẳng và sáng. Người hái chỉ lấy ba phần ấy.

Lý do nằm ở thành phần của lá. Búp non giữ phần lớn caffeine của cây, vốn để xua côn trùng, và phần lớn theanine, chất cho vị ngọt hậu và làm người uống thư thái. Đến lá thứ tư, cả hai giảm còn một nửa, xơ nhiều lên, nước trà nhạt và có mùi gỗ.

Một người hái giỏi ngắt khoảng ba vạn búp mỗi ngày. Chừng ấy nặng mười lăm cân và làm ra ba cân trà khô. Máy thì cắt ngang một lượt, cả lá già lẫn cọng, nhanh gấp trăm lần. Không cách nào sai cả. Nhưng điều đó giải thích giá tiền trên hộp trà rõ hơn mọi câu chuyện về núi mờ sương.`,
                  },
                },
              ],
            },
            {
              name: 'The Cup',
              posts: [
                {
                  title: 'Water, the other ingredient',
                  body: `A cup of tea is ninety-nine per cent water, and most disappointments begin there. Hard water holds calcium and bicarbonate. The calcium binds the polyphenols into a dull film on the surface; the bicarbonate neutralises the acids that make a black tea bright. In London the same leaves give a cup as brown as a river that in Edinburgh would have been red and clear.

Distilled water is no answer. With no minerals at all the cup tastes hollow and oddly sharp. Aim for 50 to 100 mg of dissolved solids per litre; most bottled spring waters carry the figure on the label.

Fresh water matters less than grandmothers say. It is true that boiling drives out oxygen, but any water at 95 °C has hardly any left, boiled once or three times. What a second boiling does do is concentrate the minerals a little. If your kettle has a white crust, descale it, filter the water, and spend the money you saved on better leaves.`,
                },
                {
                  title: 'Brewing small and often',
                  level: 'intermediate',
                  body: `In the style called *gongfu* the pot holds no more than a teacup, and the leaves fill a third of it. The first infusion lasts ten seconds. So does the second. From then on each is a little longer, and a good oolong gives eight or ten before it falls silent.

The method looks fussy and is really a way of seeing. A large pot brewed for four minutes mixes everything the leaf has to give into a single average. Small infusions take it apart. The first ones carry what dissolves fastest, the perfumes and the amino acids. Bitterness and body arrive around the third. Then comes sugar, and at the very end something like the smell of wet stone.

You need a lidded bowl, a jug to stop the brewing and even out the strength, and cups of three mouthfuls. Six grams of leaf to a hundred millilitres of water is a sound beginning. Rinse a rolled or aged tea once, for as long as it takes to pour the water on and off.`,
                },
                {
                  title: 'Is tea ruined by boiling water?',
                  body: `Green tea made with boiling water is bitter, people say, because the water "burns" the leaves. Nothing burns at 100 °C; the leaf has been through a wok at 200. What happens is a matter of speed. Catechins, the bitter and drying part of tea, dissolve slowly in cool water and fast in hot. Theanine and the sugars dissolve readily in both. So at 70 °C you get the sweetness first, and can stop before the rest arrives.

You could just as well use boiling water and stop after fifteen seconds. Street vendors in Hà Nội do exactly that, and drink it strong.

For black and dark teas, which have lost most of their catechins, there is no reason to wait for the kettle to cool. Japanese gyokuro lies at the other end: 50 °C, two minutes, and hardly more than a spoonful of liquid, thick as stock. Buy a thermometer if you like. It is just as easy to pour the water into a cold cup first, which takes off ten degrees each time.`,
                  revision:
                    'An honest test takes three cups: the same leaf at 60, 80 and 100 °C, each for one minute, tasted blind.',
                },
              ],
            },
            {
              name: 'Tea in Vietnam',
              vi: { name: 'Trà Việt' },
              posts: [
                {
                  title: 'The old trees of Suối Giàng',
                  body: `At 1,400 metres in Yên Bái province, above a valley that fills with cloud by four in the afternoon, stand some forty thousand tea trees that nobody planted in rows. Many are over two centuries old, a few perhaps three. Their trunks are white with lichen, too thick to embrace, and the H'Mông families who own them climb barefoot into the crowns to pick.

The variety is called *shan tuyết*, mountain snow, after the white down on its buds. Because the roots go deep, the leaf is rich and not easily made bitter, and because the trees are tall, no one has ever sprayed them. Each household fires its own harvest in an iron pan over a wood fire, turning the leaves by hand, and each claims to know its neighbours' tea by the smoke.

Brewed, it is the colour of pale honey. The first taste is smoky and slightly rough; a minute later sweetness comes up from the back of the throat. Vietnamese drinkers call this *hậu ngọt* and judge a tea by how long it stays.`,
                  vi: {
                    title: 'Những cây chè cổ Suối Giàng',
                    metaDescription:
                      'Ở độ cao 1.400 mét tại Yên Bái, bốn vạn cây chè shan tuyết hàng trăm năm tuổi vẫn được hái bằng tay.',
                    body: `Ở độ cao 1.400 mét tại Yên Bái, phía trên thung lũng mà cứ bốn giờ chiều lại đầy mây, có khoảng bốn vạn cây chè không ai trồng thành hàng. Nhiều cây đã hơn hai trăm tuổi, vài cây có lẽ ba trăm. Thân mốc trắng địa y, to hơn một vòng tay ôm, và người H'Mông phải trèo chân trần lên ngọn để hái.

Giống chè này gọi là shan tuyết, vì búp phủ lông trắng như tuyết. Rễ ăn sâu nên lá đậm mà ít chát, cây cao nên chưa từng bị phun thuốc. Mỗi nhà tự sao chè bằng chảo gang trên bếp củi, đảo bằng tay, và nhà nào cũng bảo mình nhận ra chè hàng xóm qua mùi khói.

Pha lên, nước có màu mật ong nhạt. Ngụm đầu hơi khói và hơi ráp; một phút sau vị ngọt mới dâng lên từ cuống họng. Người Việt gọi đó là hậu ngọt, và đánh giá trà bằng việc vị ấy ở lại bao lâu.`,
                  },
                },
                {
                  title: 'Lotus tea, a thousand flowers at a time',
                  metaTitle: 'Lotus Tea from Hà Nội: A Thousand Flowers per Kilo',
                  metaDescription:
                    'How families around Hà Nội’s West Lake scent green tea with lotus anthers, layer by layer, for three weeks.',
                  body: `It takes between a thousand and fourteen hundred lotus flowers to scent one kilogram of tea. Around Hà Nội's West Lake, boats go out at four in the morning in June, because the perfume of *bách diệp*, the lotus of a hundred petals, fades as soon as the sun touches it.

Only the anthers' white tips are used. Fingers strip them from the stamens within the hour, and they look like broken rice. They are strewn between layers of dry green tea in a tin, left for a day and a night, sifted out, and the tea, now damp with scent, is dried in a paper bag over gentle heat. Then it begins again with fresh flowers, five to seven times over three weeks.

There is a poor man's way that some prefer. A pinch of tea is folded into a living flower in the evening, the petals are tied with a strip of leaf, and in the morning the pot is made from what the night has done.`,
                  vi: {
                    title: 'Trà sen, mỗi cân nghìn bông',
                    body: `Muốn ướp một cân trà phải cần từ một nghìn đến một nghìn bốn trăm bông sen. Quanh Hồ Tây, vào tháng sáu, thuyền ra hồ từ bốn giờ sáng, vì hương sen bách diệp phai ngay khi chạm nắng.

Người ta chỉ lấy gạo sen, phần đầu trắng của nhụy. Gạo sen được tách trong vòng một tiếng rồi rải xen từng lớp với trà khô trong thạp, ủ một ngày một đêm, sàng bỏ gạo, sau đó sấy trà trong túi giấy trên lửa thật nhẹ. Rồi lại làm từ đầu với sen mới, năm đến bảy lần như thế trong ba tuần.

Có một cách của nhà nghèo mà nhiều người lại thích hơn. Buổi chiều, bỏ một nhúm trà vào bông sen còn trên hồ, buộc cánh lại bằng lạt. Sáng ra, ngắt bông, mở cánh, và pha ấm trà từ những gì một đêm đã làm.`,
                  },
                },
              ],
            },
          ],
        },
      ],
    },
  ],
};
