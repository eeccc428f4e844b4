PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('1 shows, follows, orders, intents');
INSERT INTO grdb_migrations VALUES('2 wish list, reminders');
INSERT INTO grdb_migrations VALUES('3 until when an order can be paid');
INSERT INTO grdb_migrations VALUES('4 sent intents, shops without keys');
INSERT INTO grdb_migrations VALUES('5 orders after the sale');
INSERT INTO grdb_migrations VALUES('6 what kinds of shops remember');
INSERT INTO grdb_migrations VALUES('7 what is bought on the shop''s own page');
INSERT INTO grdb_migrations VALUES('8 replies to look at without the shop');
INSERT INTO grdb_migrations VALUES('9 what became of the money');
CREATE TABLE fetches (
    account TEXT NOT NULL, what TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (account, what)
) STRICT, WITHOUT ROWID;
INSERT INTO fetches VALUES('https://lamps.example','follows',1796067059367);
INSERT INTO fetches VALUES('https://lamps.example','orders',1796067015930);
INSERT INTO fetches VALUES('https://lamps.example','schedule',1796067059419);
INSERT INTO fetches VALUES('https://tea.example','follows',1796067009542);
INSERT INTO fetches VALUES('https://moon.example','orders',1796067041812);
CREATE TABLE hosts (
    account TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, verified INTEGER NOT NULL, bio TEXT NOT NULL,
    followers INTEGER,
    PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;
INSERT INTO hosts VALUES('https://lamps.example','kim-haneul','김하늘 Haneul ✨',1,'피부 장벽 먼저! Fewer bottles, more sleep. Ingredients read aloud.',210388);
INSERT INTO hosts VALUES('https://lamps.example','mina-vogel','Mina Vogel',1,'Cooks in a tiny kitchen above the lake and keeps only what earns its hook on the wall.',48211);
INSERT INTO hosts VALUES('https://lamps.example','priya-raman','Priya Raman 🌿',0,'Rare plants, plain advice. Ask me about your yellow leaves, it is the water.',37611);
INSERT INTO hosts VALUES('https://lamps.example','takahashi-kenta','高橋健太 KENTA🎮',0,'レトロゲームと自作キーボード。Clicky switches, patient soldering, loud music.',73005);
INSERT INTO hosts VALUES('https://tea.example','sato-yui','佐藤ゆい',0,'文房具とインクの小さな店。Notebooks, ink and very fine lines ✒️',27341);
CREATE TABLE shows (
    account TEXT NOT NULL, id TEXT NOT NULL, position INTEGER NOT NULL, title TEXT NOT NULL,
    summary TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('scheduled', 'live', 'ended', 'cancelled')),
    -- Joined by U+001F, which no safe text contains: they are only ever read all at once.
    tags TEXT NOT NULL,
    starts_at INTEGER NOT NULL, ends_at INTEGER, viewers INTEGER, delay_ms INTEGER NOT NULL, stream_url TEXT,
    PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;
INSERT INTO shows VALUES('https://lamps.example','p-1',14,'レトロゲームの夜','レトロゲームと自作キーボード。Clicky switches, patient soldering, loud music. Tonight: Keyboard kit 「六十」, Key caps 「駄菓子」, Handheld, restored · with Priya Raman 🌿.','live','gameshomekeyboardsplants',1796066540296,1796153400296,1542,4000,NULL);
INSERT INTO shows VALUES('https://lamps.example','s-20789-1',18,'3-step routine 스킨케어','피부 장벽 먼저! Fewer bottles, more sleep. Ingredients read aloud. Tonight: Barrier cream 장벽 크림, Sun fluid SPF 50+, Rice toner 쌀 토너.','scheduled','beautyskincare',1796225400000,1796227800000,NULL,4000,NULL);
CREATE TABLE show_hosts (
    account TEXT NOT NULL, show TEXT NOT NULL, position INTEGER NOT NULL, host TEXT NOT NULL,
    PRIMARY KEY (account, show, position),
    FOREIGN KEY (account, show) REFERENCES shows (account, id) ON DELETE CASCADE,
    FOREIGN KEY (account, host) REFERENCES hosts (account, id)
) STRICT, WITHOUT ROWID;
INSERT INTO show_hosts VALUES('https://lamps.example','p-1',0,'takahashi-kenta');
INSERT INTO show_hosts VALUES('https://lamps.example','p-1',1,'priya-raman');
INSERT INTO show_hosts VALUES('https://lamps.example','s-20789-1',0,'kim-haneul');
CREATE TABLE follows (
    account TEXT NOT NULL, host TEXT NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (account, host),
    FOREIGN KEY (account, host) REFERENCES hosts (account, id)
) STRICT, WITHOUT ROWID;
INSERT INTO follows VALUES('https://lamps.example','mina-vogel',0);
INSERT INTO follows VALUES('https://tea.example','sato-yui',0);
CREATE TABLE order_lines (
    account TEXT NOT NULL, order_id TEXT NOT NULL, position INTEGER NOT NULL, sku TEXT NOT NULL,
    title TEXT NOT NULL, quantity INTEGER NOT NULL, unit_price INTEGER NOT NULL, exponent INTEGER NOT NULL,
    currency TEXT NOT NULL, product TEXT,
    PRIMARY KEY (account, order_id, position),
    FOREIGN KEY (account, order_id) REFERENCES orders (account, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO order_lines VALUES('https://lamps.example','o-31mqq045s7xyj',0,'LM-102-50G','蜜香紅茶 Honey black tea',1,2400,2,'USD','lm-102');
INSERT INTO order_lines VALUES('https://lamps.example','o-5qefxny7f0vm9',0,'KH-102','Sun fluid SPF 50+',1,2200,2,'USD','kh-102');
INSERT INTO order_lines VALUES('https://lamps.example','o-cr677f9wx9e7w',0,'KH-103','Rice toner 쌀 토너',1,1900,2,'USD','kh-103');
INSERT INTO order_lines VALUES('https://lamps.example','o-dms3y42t71ja3',0,'MV-103-WALNU','Chef''s knife “Grat”',1,24500,2,'CHF','mv-103');
INSERT INTO order_lines VALUES('https://lamps.example','o-h7dwd3g2nmz2h',0,'MV-103-PEAR','Chef''s knife “Grat”',1,24500,2,'CHF','mv-103');
INSERT INTO order_lines VALUES('https://lamps.example','o-tark8vtc2ffw2',0,'MV-104-RUST','Linen tea towels, set of 3',1,4200,2,'CHF','mv-104');
INSERT INTO order_lines VALUES('https://lamps.example','o-w0mmczvszmmsv',0,'MV-106','Sourdough jar with lid',1,2900,2,'CHF','mv-106');
INSERT INTO order_lines VALUES('https://tea.example','o-ad4vq848e77d1',0,'MV-106','Sourdough jar with lid',1,2900,2,'CHF','mv-106');
INSERT INTO order_lines VALUES('https://bowls.example','101',0,'32','Field notebook',1,450,2,'USD','32');
INSERT INTO order_lines VALUES('https://bowls.example','102',0,'41','Tea bowl (S)',1,12000,2,'USD',NULL);
INSERT INTO order_lines VALUES('https://bowls.example','page-32yd1vz2mmkp9',0,'61','Pattern, as a file',1,700,2,'USD','61');
INSERT INTO order_lines VALUES('https://old-bowls.example','101',0,'32','Field notebook',1,450,2,'USD','32');
INSERT INTO order_lines VALUES('https://old-bowls.example','102',0,'31','Wool scarf',1,1800,2,'USD','31');
INSERT INTO order_lines VALUES('https://moon.example','cart-2tzuhw44thab1',0,'9003','Paper Moon lamp (Moss, S)',1,14500,2,'CHF','7001');
INSERT INTO order_lines VALUES('https://moon.example','cart-aqy8wuagrv0y',0,'9001','Paper Moon lamp (Sand, S)',1,14500,2,'CHF','7001');
INSERT INTO order_lines VALUES('https://moon.example','cart-qpfkn1uwinl8',0,'9010','Brass hook',1,799,2,'CHF','7002');
CREATE TABLE price_history (
    account TEXT NOT NULL, sku TEXT NOT NULL, at INTEGER NOT NULL, price INTEGER NOT NULL,
    exponent INTEGER NOT NULL, currency TEXT NOT NULL,
    PRIMARY KEY (account, sku, at)
) STRICT, WITHOUT ROWID;
INSERT INTO price_history VALUES('https://lamps.example','TK-101-CLICK-SMOKE',1796067016074,24800,0,'JPY');
INSERT INTO price_history VALUES('https://lamps.example','TK-101-CLICK-WALNU',1796067016074,24800,0,'JPY');
INSERT INTO price_history VALUES('https://lamps.example','TK-101-LINEA-SMOKE',1796067016074,24800,0,'JPY');
INSERT INTO price_history VALUES('https://lamps.example','TK-101-LINEA-WALNU',1796067016074,24800,0,'JPY');
INSERT INTO price_history VALUES('https://lamps.example','TK-101-TACTI-SMOKE',1796067016074,24800,0,'JPY');
INSERT INTO price_history VALUES('https://lamps.example','TK-101-TACTI-WALNU',1796067016074,24800,0,'JPY');
INSERT INTO price_history VALUES('https://lamps.example','TK-102-HIGH',1796067016074,9800,0,'JPY');
INSERT INTO price_history VALUES('https://lamps.example','TK-102-LOW',1796067016074,9800,0,'JPY');
INSERT INTO price_history VALUES('https://lamps.example','TK-103-CLEAR',1796067016074,19800,0,'JPY');
INSERT INTO price_history VALUES('https://lamps.example','TK-103-GREY',1796067016074,19800,0,'JPY');
INSERT INTO price_history VALUES('https://lamps.example','TK-103-PURPL',1796067016074,19800,0,'JPY');
INSERT INTO price_history VALUES('https://lamps.example','TK-104',1796067016074,3300,0,'JPY');
INSERT INTO price_history VALUES('https://lamps.example','TK-105',1796067016074,2400,0,'JPY');
INSERT INTO price_history VALUES('https://lamps.example','TK-106-MATTE',1796067016074,4400,0,'JPY');
INSERT INTO price_history VALUES('https://lamps.example','TK-106-WASHI',1796067016074,4400,0,'JPY');
CREATE TABLE wishes (
    account TEXT NOT NULL, product TEXT NOT NULL, title TEXT NOT NULL, brand TEXT NOT NULL,
    price INTEGER, exponent INTEGER, currency TEXT, at INTEGER NOT NULL,
    PRIMARY KEY (account, product),
    CHECK ((price IS NULL) = (exponent IS NULL) AND (price IS NULL) = (currency IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO wishes VALUES('https://lamps.example','tk-103','Handheld, restored','玩具病院',19800,0,'JPY',1796067016123);
CREATE TABLE reminders (
    account TEXT NOT NULL, show TEXT NOT NULL, title TEXT NOT NULL, starts_at INTEGER NOT NULL,
    PRIMARY KEY (account, show)
) STRICT, WITHOUT ROWID;
INSERT INTO reminders VALUES('https://lamps.example','s-20789-1','3-step routine 스킨케어',1796225400000);
CREATE TABLE payment_ends (
    account TEXT NOT NULL, order_id TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (account, order_id),
    FOREIGN KEY (account, order_id) REFERENCES orders (account, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO payment_ends VALUES('https://lamps.example','o-tark8vtc2ffw2',1796068811391);
INSERT INTO payment_ends VALUES('https://bowls.example','page-32yd1vz2mmkp9',1796153428521);
CREATE TABLE order_intents (
    key TEXT NOT NULL PRIMARY KEY CHECK (key <> ''), account TEXT NOT NULL,
    -- The shop's id of the account that buys: the order can be found in its name alone.
    buyer TEXT NOT NULL, sku TEXT NOT NULL, title TEXT NOT NULL, quantity INTEGER NOT NULL CHECK (quantity > 0),
    quote TEXT NOT NULL, quote_expires_at INTEGER NOT NULL, payment_method TEXT NOT NULL,
    maximum INTEGER NOT NULL, exponent INTEGER NOT NULL, currency TEXT NOT NULL,
    show TEXT, created_at INTEGER NOT NULL,
    -- The shop buys once for a key, and finds the order by it.
    keyed INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('committed', 'sent', 'unknown', 'placed', 'refused')),
    order_id TEXT CHECK ((order_id IS NOT NULL) = (state = 'placed')),
    refusal TEXT CHECK ((refusal IS NOT NULL) = (state = 'refused')),
    -- The shopper no longer wants it: it is not sent again.
    withdrawn INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO order_intents VALUES('01876459-1ae9-4b65-9c6e-a9a44b54122d','https://lamps.example','a-55tkqng91z3h4et','MV-103-PEAR','Chef''s knife “Grat”',1,'q-a2f97qhph2xfcd70jc5j',1796067313267,'pm-card',25200,2,'CHF',NULL,1796067013396,1,'placed','o-h7dwd3g2nmz2h',NULL,0);
INSERT INTO order_intents VALUES('1762216c-b71d-4c58-98f0-dea58258e4fa','https://lamps.example','a-55tkqng91z3h4et','KH-102','Sun fluid SPF 50+',1,'q-7x6b2ps5z7xdctzv7gx3',1796067315139,'pm-card',4187,2,'USD',NULL,1796067015300,1,'placed','o-5qefxny7f0vm9',NULL,0);
INSERT INTO order_intents VALUES('25a2fdea-55f9-410b-b52c-8f0f93f543dc','https://lamps.example','a-55tkqng91z3h4et','LM-103-CELAD','Gaiwan 蓋碗',1,'q-nyapn431v1da95tbyah1',1796067362680,'pm-card',5772,2,'USD',NULL,1796067062843,1,'sent',NULL,NULL,0);
INSERT INTO order_intents VALUES('4cef1848-e09c-4e87-a8ca-1051f02d5a98','https://lamps.example','a-55tkqng91z3h4et','KH-103','Rice toner 쌀 토너',1,'q-26cx2wzr0xb3se1h9tfz',1796067314089,'pm-card',3847,2,'USD',NULL,1796067014207,1,'placed','o-cr677f9wx9e7w',NULL,0);
INSERT INTO order_intents VALUES('4e8749d5-9f33-4dbc-8117-912dcc455262','https://lamps.example','a-55tkqng91z3h4et','LM-102-50G','蜜香紅茶 Honey black tea',1,'q-mckg036svk8gtjrpw8pc',1796067312539,'pm-card',4413,2,'USD',NULL,1796067012620,1,'placed','o-31mqq045s7xyj',NULL,0);
INSERT INTO order_intents VALUES('4ee3fe7c-1306-4175-8463-0cf099d5cfd5','https://lamps.example','a-55tkqng91z3h4et','LM-106-60G','茉莉花茶 Jasmine pearls',1,'q-1rdy6cv2s1ctbta9awzw',1796067342807,'pm-card',4187,2,'USD',NULL,1796067042980,1,'unknown',NULL,NULL,1);
INSERT INTO order_intents VALUES('5b90eb2c-6fdc-4d42-8e45-54cad8edf15e','https://bowls.example','guest','41','Tea bowl (S)',1,'32i0dx1vh8mzx',1796067318899,'cod',12500,2,'USD',NULL,1796067019038,0,'placed','102',NULL,0);
INSERT INTO order_intents VALUES('6c5e6e63-919a-4db0-8632-ffca7edece56','https://bowls.example','guest','61','Pattern, as a file',1,'32yd1vz2mmkp9',1796067328355,'stripe_cc',700,2,'USD',NULL,1796067028504,0,'placed','page-32yd1vz2mmkp9',NULL,0);
INSERT INTO order_intents VALUES('80000c2f-de2a-459a-b926-5d622bad25d4','https://lamps.example','a-55tkqng91z3h4et','MV-104-RUST','Linen tea towels, set of 3',1,'q-rjttbzxyz57fnvty7eb5',1796067311169,'pm-hosted',4900,2,'CHF',NULL,1796067011318,1,'placed','o-tark8vtc2ffw2',NULL,0);
INSERT INTO order_intents VALUES('8b8f6afe-8038-42ff-9d95-c6268f22b24f','https://lamps.example','a-55tkqng91z3h4et','LM-105','Bamboo tea tray 竹茶盤',1,'q-0re6rth1pgatz83xwt7h',1796067364335,'pm-card',9396,2,'USD',NULL,1796067064624,1,'committed',NULL,NULL,0);
INSERT INTO order_intents VALUES('a130fabb-235f-4aee-9e19-1d7479d2552c','https://old-bowls.example','guest','31','Wool scarf',1,'1ni8a3i6oly2l',1796067327394,'cod',2300,2,'USD',NULL,1796067027566,0,'placed','102',NULL,0);
INSERT INTO order_intents VALUES('a5af6df4-2d08-4121-853a-f79fe177649d','https://moon.example','guest','9010','Brass hook',1,'qpfkn1uwinl8',1796067329092,'checkout',799,2,'CHF',NULL,1796067029218,0,'placed','cart-qpfkn1uwinl8',NULL,0);
INSERT INTO order_intents VALUES('ae9cdb6d-1307-4299-879c-4ecf83a3e651','https://bowls.example','guest','31','Wool scarf',1,'28rh11jx3i80i',1796067319310,'cod',2300,2,'USD',NULL,1796067019440,0,'unknown',NULL,NULL,0);
INSERT INTO order_intents VALUES('c6342b76-431e-43e4-ab01-7ac62013cf68','https://bowls.example','guest','32','Field notebook',1,'3agfi149bznes',1796067318104,'cod',950,2,'USD',NULL,1796067018214,0,'placed','101',NULL,0);
INSERT INTO order_intents VALUES('d275e9fc-aa17-4b42-bced-0d0c08b4bcba','https://lamps.example','a-55tkqng91z3h4et','MV-102-24CM','Carbon steel pan',1,'q-z8qgdts7sffa9q0yzb8f',1796067310643,'pm-card-declined',9600,2,'CHF',NULL,1796067010816,1,'refused',NULL,'the card was declined; nothing was bought and nothing was charged',0);
INSERT INTO order_intents VALUES('d56ac83c-0f8b-442b-a417-57bad223c770','https://lamps.example','a-55tkqng91z3h4et','LM-104-TEADU','Travel tea set 旅行茶具',1,'q-g6axw4vtevvsdzfr3e51',1796067351063,'pm-card',8377,2,'USD',NULL,1796067051289,1,'unknown',NULL,NULL,0);
INSERT INTO order_intents VALUES('def4b310-ad01-47e2-b9d8-6613e7e711d6','https://lamps.example','a-55tkqng91z3h4et','MV-106','Sourdough jar with lid',1,'q-ma3dk043mv4y3585p06m',1796067310159,'pm-card',3600,2,'CHF',NULL,1796067010314,1,'placed','o-w0mmczvszmmsv',NULL,0);
INSERT INTO order_intents VALUES('e18d402d-ae25-473b-8c80-d3d6c11f756a','https://lamps.example','a-55tkqng91z3h4et','MV-103-WALNU','Chef''s knife “Grat”',1,'q-30qe1ts7sv2rbhtf98wj',1796067311708,'pm-hosted',25200,2,'CHF',NULL,1796067011837,1,'placed','o-dms3y42t71ja3',NULL,0);
INSERT INTO order_intents VALUES('e8065d37-d203-40ec-8d62-ce8530d2a0ce','https://old-bowls.example','guest','32','Field notebook',1,'1zav0hu66q2x',1796067318455,'bacs',950,2,'USD',NULL,1796067018586,0,'placed','101',NULL,0);
INSERT INTO order_intents VALUES('ed32764d-4633-4fd7-8e3b-ca862c392505','https://tea.example','a-v36txn512cr4aqv','MV-106','Sourdough jar with lid',1,'q-bger0d33zmxghyxn5kpb',1796067314667,'pm-card',3600,2,'CHF',NULL,1796067014845,1,'placed','o-ad4vq848e77d1',NULL,0);
INSERT INTO order_intents VALUES('ed49296c-8b59-45ba-b165-0ccf46591ab3','https://moon.example','guest','9001','Paper Moon lamp (Sand, S)',1,'aqy8wuagrv0y',1796067328725,'checkout',14500,2,'CHF',NULL,1796067028879,0,'placed','cart-aqy8wuagrv0y',NULL,0);
INSERT INTO order_intents VALUES('f73ef70e-e3a2-4503-84fc-3f2164d9519c','https://moon.example','guest','9003','Paper Moon lamp (Moss, S)',1,'2tzuhw44thab1',1796067342023,'checkout',14500,2,'CHF',NULL,1796067042153,0,'placed','cart-2tzuhw44thab1',NULL,0);
CREATE TABLE order_charges (
    account TEXT NOT NULL, order_id TEXT NOT NULL, position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('subtotal', 'discount', 'shipping', 'tax', 'duties')),
    label TEXT NOT NULL, amount INTEGER NOT NULL, exponent INTEGER NOT NULL, currency TEXT NOT NULL,
    PRIMARY KEY (account, order_id, position),
    FOREIGN KEY (account, order_id) REFERENCES orders (account, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO order_charges VALUES('https://lamps.example','o-31mqq045s7xyj',0,'subtotal','',2400,2,'USD');
INSERT INTO order_charges VALUES('https://lamps.example','o-31mqq045s7xyj',1,'shipping','Shipping from TW',1695,2,'USD');
INSERT INTO order_charges VALUES('https://lamps.example','o-31mqq045s7xyj',2,'tax','Sales tax 8.25 %',198,2,'USD');
INSERT INTO order_charges VALUES('https://lamps.example','o-31mqq045s7xyj',3,'duties','Duties 5 % on goods from TW',120,2,'USD');
INSERT INTO order_charges VALUES('https://lamps.example','o-5qefxny7f0vm9',0,'subtotal','',2700,2,'USD');
INSERT INTO order_charges VALUES('https://lamps.example','o-5qefxny7f0vm9',1,'shipping','Shipping from KR',1695,2,'USD');
INSERT INTO order_charges VALUES('https://lamps.example','o-5qefxny7f0vm9',2,'tax','Sales tax 8.25 %',182,2,'USD');
INSERT INTO order_charges VALUES('https://lamps.example','o-5qefxny7f0vm9',3,'duties','Duties 5 % on goods from KR',110,2,'USD');
INSERT INTO order_charges VALUES('https://lamps.example','o-cr677f9wx9e7w',0,'subtotal','',1900,2,'USD');
INSERT INTO order_charges VALUES('https://lamps.example','o-cr677f9wx9e7w',1,'shipping','Shipping from KR',1695,2,'USD');
INSERT INTO order_charges VALUES('https://lamps.example','o-cr677f9wx9e7w',2,'tax','Sales tax 8.25 %',157,2,'USD');
INSERT INTO order_charges VALUES('https://lamps.example','o-cr677f9wx9e7w',3,'duties','Duties 5 % on goods from KR',95,2,'USD');
INSERT INTO order_charges VALUES('https://lamps.example','o-dms3y42t71ja3',0,'subtotal','',24500,2,'CHF');
INSERT INTO order_charges VALUES('https://lamps.example','o-dms3y42t71ja3',1,'shipping','Shipping from CH',700,2,'CHF');
INSERT INTO order_charges VALUES('https://lamps.example','o-dms3y42t71ja3',2,'tax','VAT 8.1 %',1836,2,'CHF');
INSERT INTO order_charges VALUES('https://lamps.example','o-dms3y42t71ja3',3,'duties','Duties',0,2,'CHF');
INSERT INTO order_charges VALUES('https://lamps.example','o-h7dwd3g2nmz2h',0,'subtotal','',24500,2,'CHF');
INSERT INTO order_charges VALUES('https://lamps.example','o-h7dwd3g2nmz2h',1,'shipping','Shipping from CH',700,2,'CHF');
INSERT INTO order_charges VALUES('https://lamps.example','o-h7dwd3g2nmz2h',2,'tax','VAT 8.1 %',1836,2,'CHF');
INSERT INTO order_charges VALUES('https://lamps.example','o-h7dwd3g2nmz2h',3,'duties','Duties',0,2,'CHF');
INSERT INTO order_charges VALUES('https://lamps.example','o-tark8vtc2ffw2',0,'subtotal','',4200,2,'CHF');
INSERT INTO order_charges VALUES('https://lamps.example','o-tark8vtc2ffw2',1,'shipping','Shipping from CH',700,2,'CHF');
INSERT INTO order_charges VALUES('https://lamps.example','o-tark8vtc2ffw2',2,'tax','VAT 8.1 %',315,2,'CHF');
INSERT INTO order_charges VALUES('https://lamps.example','o-tark8vtc2ffw2',3,'duties','Duties',0,2,'CHF');
INSERT INTO order_charges VALUES('https://lamps.example','o-w0mmczvszmmsv',0,'subtotal','',2900,2,'CHF');
INSERT INTO order_charges VALUES('https://lamps.example','o-w0mmczvszmmsv',1,'shipping','Shipping from CH',700,2,'CHF');
INSERT INTO order_charges VALUES('https://lamps.example','o-w0mmczvszmmsv',2,'tax','VAT 8.1 %',217,2,'CHF');
INSERT INTO order_charges VALUES('https://lamps.example','o-w0mmczvszmmsv',3,'duties','Duties',0,2,'CHF');
INSERT INTO order_charges VALUES('https://tea.example','o-ad4vq848e77d1',0,'subtotal','',2900,2,'CHF');
INSERT INTO order_charges VALUES('https://tea.example','o-ad4vq848e77d1',1,'shipping','Shipping from CH',700,2,'CHF');
INSERT INTO order_charges VALUES('https://tea.example','o-ad4vq848e77d1',2,'tax','VAT 8.1 %',217,2,'CHF');
INSERT INTO order_charges VALUES('https://tea.example','o-ad4vq848e77d1',3,'duties','Duties',0,2,'CHF');
INSERT INTO order_charges VALUES('https://bowls.example','101',0,'subtotal','',450,2,'USD');
INSERT INTO order_charges VALUES('https://bowls.example','101',1,'shipping','Flat rate',500,2,'USD');
INSERT INTO order_charges VALUES('https://bowls.example','101',2,'tax','Tax',0,2,'USD');
INSERT INTO order_charges VALUES('https://bowls.example','101',3,'duties','Fees',0,2,'USD');
INSERT INTO order_charges VALUES('https://bowls.example','102',0,'subtotal','',12000,2,'USD');
INSERT INTO order_charges VALUES('https://bowls.example','102',1,'shipping','Flat rate',500,2,'USD');
INSERT INTO order_charges VALUES('https://bowls.example','102',2,'tax','Tax',0,2,'USD');
INSERT INTO order_charges VALUES('https://bowls.example','102',3,'duties','Fees',0,2,'USD');
INSERT INTO order_charges VALUES('https://bowls.example','page-32yd1vz2mmkp9',0,'subtotal','',700,2,'USD');
INSERT INTO order_charges VALUES('https://bowls.example','page-32yd1vz2mmkp9',1,'shipping','Shipping',0,2,'USD');
INSERT INTO order_charges VALUES('https://bowls.example','page-32yd1vz2mmkp9',2,'tax','Tax',0,2,'USD');
INSERT INTO order_charges VALUES('https://bowls.example','page-32yd1vz2mmkp9',3,'duties','Fees',0,2,'USD');
INSERT INTO order_charges VALUES('https://old-bowls.example','101',0,'subtotal','',450,2,'USD');
INSERT INTO order_charges VALUES('https://old-bowls.example','101',1,'shipping','Flat rate',500,2,'USD');
INSERT INTO order_charges VALUES('https://old-bowls.example','101',2,'tax','Tax',0,2,'USD');
INSERT INTO order_charges VALUES('https://old-bowls.example','101',3,'duties','Fees',0,2,'USD');
INSERT INTO order_charges VALUES('https://old-bowls.example','102',0,'subtotal','',1800,2,'USD');
INSERT INTO order_charges VALUES('https://old-bowls.example','102',1,'shipping','Flat rate',500,2,'USD');
INSERT INTO order_charges VALUES('https://old-bowls.example','102',2,'tax','Tax',0,2,'USD');
INSERT INTO order_charges VALUES('https://old-bowls.example','102',3,'duties','Fees',0,2,'USD');
CREATE TABLE order_steps (
    account TEXT NOT NULL, order_id TEXT NOT NULL, position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('status', 'parcel', 'return')),
    what TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (account, order_id, position),
    FOREIGN KEY (account, order_id) REFERENCES orders (account, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO order_steps VALUES('https://lamps.example','o-31mqq045s7xyj',0,'status','awaiting_shipment',1796067012675);
INSERT INTO order_steps VALUES('https://lamps.example','o-31mqq045s7xyj',1,'status','cancelled',1796067012995);
INSERT INTO order_steps VALUES('https://lamps.example','o-5qefxny7f0vm9',0,'status','awaiting_shipment',1796067015351);
INSERT INTO order_steps VALUES('https://lamps.example','o-cr677f9wx9e7w',0,'status','awaiting_shipment',1796067014255);
INSERT INTO order_steps VALUES('https://lamps.example','o-cr677f9wx9e7w',1,'status','in_transit',1796067015255);
INSERT INTO order_steps VALUES('https://lamps.example','o-dms3y42t71ja3',0,'status','unpaid',1796067011894);
INSERT INTO order_steps VALUES('https://lamps.example','o-dms3y42t71ja3',1,'status','awaiting_shipment',1796067011978);
INSERT INTO order_steps VALUES('https://lamps.example','o-h7dwd3g2nmz2h',0,'status','awaiting_shipment',1796067013442);
INSERT INTO order_steps VALUES('https://lamps.example','o-h7dwd3g2nmz2h',1,'status','in_transit',1796067014442);
INSERT INTO order_steps VALUES('https://lamps.example','o-h7dwd3g2nmz2h',2,'status','delivered',1796067015442);
INSERT INTO order_steps VALUES('https://lamps.example','o-h7dwd3g2nmz2h',3,'return','requested',1796067013792);
INSERT INTO order_steps VALUES('https://lamps.example','o-tark8vtc2ffw2',0,'status','unpaid',1796067011391);
INSERT INTO order_steps VALUES('https://lamps.example','o-w0mmczvszmmsv',0,'status','awaiting_shipment',1796067010363);
INSERT INTO order_steps VALUES('https://tea.example','o-ad4vq848e77d1',0,'status','awaiting_shipment',1796067014908);
INSERT INTO order_steps VALUES('https://bowls.example','101',0,'status','awaiting_shipment',1796067018235);
INSERT INTO order_steps VALUES('https://bowls.example','102',0,'status','unpaid',1796067019066);
INSERT INTO order_steps VALUES('https://bowls.example','page-32yd1vz2mmkp9',0,'status','unpaid',1796067028521);
INSERT INTO order_steps VALUES('https://old-bowls.example','101',0,'status','on_hold',1796067018610);
INSERT INTO order_steps VALUES('https://old-bowls.example','102',0,'status','awaiting_shipment',1796067028171);
INSERT INTO order_steps VALUES('https://moon.example','cart-2tzuhw44thab1',0,'status','unpaid',1796067042183);
INSERT INTO order_steps VALUES('https://moon.example','cart-aqy8wuagrv0y',0,'status','unpaid',1796067028903);
INSERT INTO order_steps VALUES('https://moon.example','cart-qpfkn1uwinl8',0,'status','unpaid',1796067029250);
INSERT INTO order_steps VALUES('https://moon.example','cart-qpfkn1uwinl8',1,'status','gone',1796067041674);
CREATE TABLE shop_notes (
    account TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (account, name)
) STRICT, WITHOUT ROWID;
INSERT INTO shop_notes VALUES('https://bowls.example','handover/6c5e6e63-919a-4db0-8632-ffca7edece56','{"askedAt":"2026-11-30T19:30:28.521Z","order":{"address":{"country":"US","id":"contact","label":"1 Main Street, 94607 Oakland CA"},"canCancel":true,"canReturn":false,"checkoutExpiresAt":"2026-12-01T19:30:28.521Z","checkoutUrl":"https://bowls.example/checkout/?add-to-cart=61&quantity=1","discounts":[],"duties":{"amount":{"amount":0,"currency":"USD","exponent":2},"label":"Fees"},"history":[{"at":"2026-11-30T19:30:28.521Z","status":"unpaid"}],"id":"page-32yd1vz2mmkp9","key":"6c5e6e63-919a-4db0-8632-ffca7edece56","lines":[{"product":"61","quantity":1,"sku":"61","title":"Pattern, as a file","unitPrice":{"amount":700,"currency":"USD","exponent":2}}],"payment":{"id":"stripe_cc","kind":"handover","label":"Card (Stripe), on the shop''s page"},"placedAt":"2026-11-30T19:30:28.521Z","shipping":{"amount":{"amount":0,"currency":"USD","exponent":2},"label":"Shipping"},"status":"unpaid","subtotal":{"amount":700,"currency":"USD","exponent":2},"tax":{"amount":{"amount":0,"currency":"USD","exponent":2},"label":"Tax"},"taxIncluded":false,"total":{"amount":700,"currency":"USD","exponent":2}}}');
INSERT INTO shop_notes VALUES('https://bowls.example','purchase/5b90eb2c-6fdc-4d42-8e45-54cad8edf15e','{"agreed":{"amount":12500,"currency":"USD","exponent":2},"askedAt":"2026-11-30T19:30:19.066Z","canAsk":true,"email":"ana@example.org","hasBrokenOff":true,"number":102,"order":{"address":{"country":"US","id":"contact","label":"1 Main Street, 94607 Oakland CA"},"canCancel":false,"canReturn":false,"checkoutUrl":"https://bowls.example/checkout/order-pay/102/?pay_for_order=true&key=wc_order_102abc","declined":"Not at this address.","discounts":[],"duties":{"amount":{"amount":0,"currency":"USD","exponent":2},"label":"Fees"},"history":[{"at":"2026-11-30T19:30:19.066Z","status":"unpaid"}],"id":"102","key":"5b90eb2c-6fdc-4d42-8e45-54cad8edf15e","lines":[{"quantity":1,"sku":"41","title":"Tea bowl (S)","unitPrice":{"amount":12000,"currency":"USD","exponent":2}}],"payment":{"id":"cod","kind":"later","label":"Cash on delivery"},"placedAt":"2026-11-30T19:30:19.066Z","shipping":{"amount":{"amount":500,"currency":"USD","exponent":2},"label":"Flat rate"},"status":"unpaid","subtotal":{"amount":12000,"currency":"USD","exponent":2},"tax":{"amount":{"amount":0,"currency":"USD","exponent":2},"label":"Tax"},"taxIncluded":false,"total":{"amount":12500,"currency":"USD","exponent":2}},"orderKey":"wc_order_102abc","refusal":"Not at this address.","session":{"nonce":"nonce17","token":"t_12x.17"},"state":"placed"}');
INSERT INTO shop_notes VALUES('https://bowls.example','purchase/ae9cdb6d-1307-4299-879c-4ecf83a3e651','{"agreed":{"amount":2300,"currency":"USD","exponent":2},"askedAt":"2026-11-30T19:30:19.451Z","canAsk":true,"email":"ana@example.org","number":103,"order":{"address":{"country":"US","id":"contact","label":"1 Main Street, 94607 Oakland CA"},"canCancel":false,"canReturn":false,"discounts":[],"duties":{"amount":{"amount":0,"currency":"USD","exponent":2},"label":"Fees"},"history":[{"at":"2026-11-30T19:30:19.451Z","status":"awaiting_shipment"}],"id":"103","key":"ae9cdb6d-1307-4299-879c-4ecf83a3e651","lines":[{"product":"31","quantity":1,"sku":"31","title":"Wool scarf","unitPrice":{"amount":1800,"currency":"USD","exponent":2}}],"payment":{"id":"cod","kind":"later","label":"Cash on delivery"},"placedAt":"2026-11-30T19:30:19.451Z","shipping":{"amount":{"amount":500,"currency":"USD","exponent":2},"label":"Flat rate"},"status":"awaiting_shipment","subtotal":{"amount":1800,"currency":"USD","exponent":2},"tax":{"amount":{"amount":0,"currency":"USD","exponent":2},"label":"Tax"},"taxIncluded":false,"total":{"amount":2300,"currency":"USD","exponent":2}},"orderKey":"wc_order_103abc","session":{"nonce":"nonce25","token":"t_20x.25"},"state":"sent"}');
INSERT INTO shop_notes VALUES('https://bowls.example','purchase/c6342b76-431e-43e4-ab01-7ac62013cf68','{"agreed":{"amount":950,"currency":"USD","exponent":2},"askedAt":"2026-11-30T19:30:18.235Z","canAsk":true,"email":"ana@example.org","number":101,"order":{"address":{"country":"US","id":"contact","label":"1 Main Street, 94607 Oakland CA"},"canCancel":false,"canReturn":false,"discounts":[],"duties":{"amount":{"amount":0,"currency":"USD","exponent":2},"label":"Fees"},"history":[{"at":"2026-11-30T19:30:18.235Z","status":"awaiting_shipment"}],"id":"101","key":"c6342b76-431e-43e4-ab01-7ac62013cf68","lines":[{"product":"32","quantity":1,"sku":"32","title":"Field notebook","unitPrice":{"amount":450,"currency":"USD","exponent":2}}],"payment":{"id":"cod","kind":"later","label":"Cash on delivery"},"placedAt":"2026-11-30T19:30:18.235Z","shipping":{"amount":{"amount":500,"currency":"USD","exponent":2},"label":"Flat rate"},"status":"awaiting_shipment","subtotal":{"amount":450,"currency":"USD","exponent":2},"tax":{"amount":{"amount":0,"currency":"USD","exponent":2},"label":"Tax"},"taxIncluded":false,"total":{"amount":950,"currency":"USD","exponent":2}},"orderKey":"wc_order_101abc","session":{},"state":"placed"}');
INSERT INTO shop_notes VALUES('https://old-bowls.example','purchase/a130fabb-235f-4aee-9e19-1d7479d2552c','{"agreed":{"amount":2300,"currency":"USD","exponent":2},"askedAt":"2026-11-30T19:30:27.586Z","canAsk":true,"email":"ana@example.org","number":102,"order":{"address":{"country":"US","id":"contact","label":"1 Main Street, 94607 Oakland CA"},"canCancel":false,"canReturn":false,"discounts":[],"duties":{"amount":{"amount":0,"currency":"USD","exponent":2},"label":"Fees"},"history":[{"at":"2026-11-30T19:30:28.171Z","status":"awaiting_shipment"}],"id":"102","key":"a130fabb-235f-4aee-9e19-1d7479d2552c","lines":[{"product":"31","quantity":1,"sku":"31","title":"Wool scarf","unitPrice":{"amount":1800,"currency":"USD","exponent":2}}],"payment":{"id":"cod","kind":"later","label":"Cash on delivery"},"placedAt":"2026-11-30T19:30:27.586Z","shipping":{"amount":{"amount":500,"currency":"USD","exponent":2},"label":"Flat rate"},"status":"awaiting_shipment","subtotal":{"amount":1800,"currency":"USD","exponent":2},"tax":{"amount":{"amount":0,"currency":"USD","exponent":2},"label":"Tax"},"taxIncluded":false,"total":{"amount":2300,"currency":"USD","exponent":2}},"orderKey":"wc_order_102abc","session":{"nonce":"nonce21","token":"t_12x.21"},"state":"placed"}');
INSERT INTO shop_notes VALUES('https://old-bowls.example','purchase/e8065d37-d203-40ec-8d62-ce8530d2a0ce','{"agreed":{"amount":950,"currency":"USD","exponent":2},"askedAt":"2026-11-30T19:30:18.610Z","canAsk":true,"email":"ana@example.org","number":101,"order":{"address":{"country":"US","id":"contact","label":"1 Main Street, 94607 Oakland CA"},"canCancel":false,"canReturn":false,"checkoutUrl":"https://old-bowls.example/checkout/order-received/101/?key=wc_order_101abc","discounts":[],"duties":{"amount":{"amount":0,"currency":"USD","exponent":2},"label":"Fees"},"history":[{"at":"2026-11-30T19:30:18.610Z","status":"on_hold"}],"id":"101","key":"e8065d37-d203-40ec-8d62-ce8530d2a0ce","lines":[{"product":"32","quantity":1,"sku":"32","title":"Field notebook","unitPrice":{"amount":450,"currency":"USD","exponent":2}}],"payment":{"id":"bacs","kind":"transfer","label":"Bank transfer"},"placedAt":"2026-11-30T19:30:18.610Z","shipping":{"amount":{"amount":500,"currency":"USD","exponent":2},"label":"Flat rate"},"status":"on_hold","subtotal":{"amount":450,"currency":"USD","exponent":2},"tax":{"amount":{"amount":0,"currency":"USD","exponent":2},"label":"Tax"},"taxIncluded":false,"total":{"amount":950,"currency":"USD","exponent":2}},"orderKey":"wc_order_101abc","session":{},"state":"placed"}');
INSERT INTO shop_notes VALUES('https://moon.example','handover/a5af6df4-2d08-4121-853a-f79fe177649d','{"askedAt":"2026-11-30T19:30:41.674Z","order":{"canCancel":false,"canReturn":false,"history":[{"at":"2026-11-30T19:30:29.250Z","status":"unpaid"},{"at":"2026-11-30T19:30:41.674Z","status":"gone"}],"id":"cart-qpfkn1uwinl8","key":"a5af6df4-2d08-4121-853a-f79fe177649d","lines":[{"product":"7002","quantity":1,"sku":"9010","title":"Brass hook","unitPrice":{"amount":799,"currency":"CHF","exponent":2}}],"payment":{"id":"checkout","kind":"handover","label":"On the shop''s own page"},"placedAt":"2026-11-30T19:30:29.250Z","status":"gone","total":{"amount":799,"currency":"CHF","exponent":2}}}');
INSERT INTO shop_notes VALUES('https://moon.example','handover/ed49296c-8b59-45ba-b165-0ccf46591ab3','{"askedAt":"2026-11-30T19:30:28.903Z","basket":"gid://shopify/Cart/Z2NwLWV1cm9wZS13ZXN0MTowMUo1TOKEN?key=0f1e2d3c4b5a69788796a5b4c3d2e1f1","order":{"canCancel":true,"canReturn":false,"checkoutUrl":"https://moon.example/cart/c/Z2NwLWV1cm9wZS13ZXN0MTowMUo1TOKEN?key=0f1e2d3c4b5a69788796a5b4c3d2e1f1","history":[{"at":"2026-11-30T19:30:28.903Z","status":"unpaid"}],"id":"cart-aqy8wuagrv0y","key":"ed49296c-8b59-45ba-b165-0ccf46591ab3","lines":[{"product":"7001","quantity":1,"sku":"9001","title":"Paper Moon lamp (Sand, S)","unitPrice":{"amount":14500,"currency":"CHF","exponent":2}}],"payment":{"id":"checkout","kind":"handover","label":"On the shop''s own page"},"placedAt":"2026-11-30T19:30:28.903Z","status":"unpaid","total":{"amount":14500,"currency":"CHF","exponent":2}}}');
INSERT INTO shop_notes VALUES('https://moon.example','handover/f73ef70e-e3a2-4503-84fc-3f2164d9519c','{"askedAt":"2026-11-30T19:30:42.183Z","basket":"gid://shopify/Cart/Z2NwLWV1cm9wZS13ZXN0MTowMUo3TOKEN?key=0f1e2d3c4b5a69788796a5b4c3d2e1f3","order":{"canCancel":true,"canReturn":false,"checkoutUrl":"https://moon.example/cart/c/Z2NwLWV1cm9wZS13ZXN0MTowMUo3TOKEN?key=0f1e2d3c4b5a69788796a5b4c3d2e1f3","history":[{"at":"2026-11-30T19:30:42.183Z","status":"unpaid"}],"id":"cart-2tzuhw44thab1","key":"f73ef70e-e3a2-4503-84fc-3f2164d9519c","lines":[{"product":"7001","quantity":1,"sku":"9003","title":"Paper Moon lamp (Moss, S)","unitPrice":{"amount":14500,"currency":"CHF","exponent":2}}],"payment":{"id":"checkout","kind":"handover","label":"On the shop''s own page"},"placedAt":"2026-11-30T19:30:42.183Z","status":"unpaid","total":{"amount":14500,"currency":"CHF","exponent":2}}}');
CREATE TABLE IF NOT EXISTS "orders" (
    account TEXT NOT NULL, id TEXT NOT NULL, key TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('unpaid', 'on_hold', 'awaiting_shipment', 'in_transit', 'delivered',
        'completed', 'cancelled', 'returned', 'gone')),
    total INTEGER NOT NULL, exponent INTEGER NOT NULL, currency TEXT NOT NULL, placed_at INTEGER NOT NULL,
    show TEXT, checkout_url TEXT, can_cancel INTEGER NOT NULL,
    tax_included INTEGER, payment TEXT, payment_kind TEXT, payment_label TEXT, address TEXT, address_label TEXT,
    address_country TEXT, estimated_delivery INTEGER, return_by INTEGER, can_return INTEGER NOT NULL DEFAULT 0,
    return_reason TEXT, return_note TEXT, carrier TEXT, tracking_number TEXT, tracking_url TEXT, declined TEXT, refunded INTEGER, refunded_exponent INTEGER, refunded_currency TEXT, in_doubt INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;
INSERT INTO orders VALUES('https://lamps.example','o-31mqq045s7xyj','4e8749d5-9f33-4dbc-8117-912dcc455262','cancelled',4413,2,'USD',1796067012675,NULL,NULL,0,0,'pm-card','card','Card ·· 4242 (pays)','addr-us','12 Alder St, Portland','US',NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO orders VALUES('https://lamps.example','o-5qefxny7f0vm9','1762216c-b71d-4c58-98f0-dea58258e4fa','awaiting_shipment',4687,2,'USD',1796067015351,NULL,NULL,1,0,'pm-card','card','Card ·· 4242 (pays)','addr-us','12 Alder St, Portland','US',1796067315351,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO orders VALUES('https://lamps.example','o-cr677f9wx9e7w','4cef1848-e09c-4e87-a8ca-1051f02d5a98','in_transit',3847,2,'USD',1796067014255,NULL,NULL,0,0,'pm-card','card','Card ·· 4242 (pays)','addr-us','12 Alder St, Portland','US',NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO orders VALUES('https://lamps.example','o-dms3y42t71ja3','e18d402d-ae25-473b-8c80-d3d6c11f756a','awaiting_shipment',25200,2,'CHF',1796067011894,NULL,NULL,1,1,'pm-hosted','hosted','The shop''s own page','addr-ch','Seefeldstr. 1, Zürich','CH',1796067311978,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO orders VALUES('https://lamps.example','o-h7dwd3g2nmz2h','01876459-1ae9-4b65-9c6e-a9a44b54122d','delivered',25200,2,'CHF',1796067013442,NULL,NULL,0,1,'pm-card','card','Card ·· 4242 (pays)','addr-ch','Seefeldstr. 1, Zürich','CH',NULL,1798659000000,0,'does_not_fit','too sharp',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO orders VALUES('https://lamps.example','o-tark8vtc2ffw2','80000c2f-de2a-459a-b926-5d622bad25d4','unpaid',4900,2,'CHF',1796067011391,NULL,'https://lamps.example/checkout/page1',1,1,'pm-hosted','hosted','The shop''s own page','addr-ch','Seefeldstr. 1, Zürich','CH',NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO orders VALUES('https://lamps.example','o-w0mmczvszmmsv','def4b310-ad01-47e2-b9d8-6613e7e711d6','awaiting_shipment',3600,2,'CHF',1796067010363,NULL,NULL,1,1,'pm-card','card','Card ·· 4242 (pays)','addr-ch','Seefeldstr. 1, Zürich','CH',1796067310363,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO orders VALUES('https://tea.example','o-ad4vq848e77d1','ed32764d-4633-4fd7-8e3b-ca862c392505','awaiting_shipment',3600,2,'CHF',1796067014908,NULL,NULL,1,1,'pm-card','card','Card ·· 4242 (pays)','addr-ch','Seefeldstr. 1, Zürich','CH',1796067314908,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO orders VALUES('https://bowls.example','101','c6342b76-431e-43e4-ab01-7ac62013cf68','awaiting_shipment',950,2,'USD',1796067018235,NULL,NULL,0,0,'cod','later','Cash on delivery','contact','1 Main Street, 94607 Oakland CA','US',NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO orders VALUES('https://bowls.example','102','5b90eb2c-6fdc-4d42-8e45-54cad8edf15e','unpaid',12500,2,'USD',1796067019066,NULL,'https://bowls.example/checkout/order-pay/102/?pay_for_order=true&key=wc_order_102abc',0,0,'cod','later','Cash on delivery','contact','1 Main Street, 94607 Oakland CA','US',NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,'Not at this address.',NULL,NULL,NULL,0);
INSERT INTO orders VALUES('https://bowls.example','page-32yd1vz2mmkp9','6c5e6e63-919a-4db0-8632-ffca7edece56','unpaid',700,2,'USD',1796067028521,NULL,'https://bowls.example/checkout/?add-to-cart=61&quantity=1',1,0,'stripe_cc','handover','Card (Stripe), on the shop''s page','contact','1 Main Street, 94607 Oakland CA','US',NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO orders VALUES('https://old-bowls.example','101','e8065d37-d203-40ec-8d62-ce8530d2a0ce','on_hold',950,2,'USD',1796067018610,NULL,'https://old-bowls.example/checkout/order-received/101/?key=wc_order_101abc',0,0,'bacs','transfer','Bank transfer','contact','1 Main Street, 94607 Oakland CA','US',NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO orders VALUES('https://old-bowls.example','102','a130fabb-235f-4aee-9e19-1d7479d2552c','awaiting_shipment',2300,2,'USD',1796067027586,NULL,NULL,0,0,'cod','later','Cash on delivery','contact','1 Main Street, 94607 Oakland CA','US',NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO orders VALUES('https://moon.example','cart-2tzuhw44thab1','f73ef70e-e3a2-4503-84fc-3f2164d9519c','unpaid',14500,2,'CHF',1796067042183,NULL,'https://moon.example/cart/c/Z2NwLWV1cm9wZS13ZXN0MTowMUo3TOKEN?key=0f1e2d3c4b5a69788796a5b4c3d2e1f3',1,NULL,'checkout','handover','On the shop''s own page',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO orders VALUES('https://moon.example','cart-aqy8wuagrv0y','ed49296c-8b59-45ba-b165-0ccf46591ab3','unpaid',14500,2,'CHF',1796067028903,NULL,'https://moon.example/cart/c/Z2NwLWV1cm9wZS13ZXN0MTowMUo1TOKEN?key=0f1e2d3c4b5a69788796a5b4c3d2e1f1',1,NULL,'checkout','handover','On the shop''s own page',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO orders VALUES('https://moon.example','cart-qpfkn1uwinl8','a5af6df4-2d08-4121-853a-f79fe177649d','gone',799,2,'CHF',1796067029250,NULL,'https://moon.example/cart/c/Z2NwLWV1cm9wZS13ZXN0MTowMUo2TOKEN?key=0f1e2d3c4b5a69788796a5b4c3d2e1f2',0,NULL,'checkout','handover','On the shop''s own page',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
CREATE TABLE kept_replies (
    account TEXT NOT NULL, url TEXT NOT NULL, at INTEGER NOT NULL, headers TEXT NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (account, url)
) STRICT;
CREATE INDEX order_intents_by_state ON order_intents (account, state, created_at);
CREATE UNIQUE INDEX order_intents_claim ON order_intents (account, order_id) WHERE state = 'placed' AND NOT keyed;
CREATE TRIGGER order_intents_begin_committed BEFORE INSERT ON order_intents
WHEN NEW.state <> 'committed'
BEGIN SELECT RAISE(ABORT, 'an order intent only moves forward'); END;
CREATE TRIGGER order_intents_stay_the_same BEFORE UPDATE OF key, account, buyer, sku, title, quantity, quote,
    quote_expires_at, payment_method, maximum, exponent, currency, show, created_at, keyed ON order_intents
BEGIN SELECT RAISE(ABORT, 'an order intent never changes'); END;
CREATE TRIGGER order_intents_are_kept_until_resolved BEFORE DELETE ON order_intents
WHEN OLD.state IN ('committed', 'sent', 'unknown')
BEGIN SELECT RAISE(ABORT, 'an order intent only moves forward'); END;
CREATE INDEX orders_newest ON orders (account, placed_at DESC, id);
CREATE INDEX kept_replies_newest ON kept_replies (account, at DESC);
CREATE TRIGGER order_intents_move_forward BEFORE UPDATE OF state, order_id, refusal ON order_intents
WHEN (NEW.state = 'committed' AND OLD.state <> 'committed') OR (NEW.state = 'sent' AND OLD.state = 'unknown')
    OR (OLD.state = 'committed' AND NEW.state IN ('unknown', 'placed'))
    OR (OLD.state = 'placed'
        AND (NEW.state, NEW.order_id, NEW.refusal) IS NOT (OLD.state, OLD.order_id, OLD.refusal))
    OR (OLD.state = 'refused' AND NEW.state <> 'placed'
        AND (NEW.state, NEW.order_id, NEW.refusal) IS NOT (OLD.state, OLD.order_id, OLD.refusal))
BEGIN SELECT RAISE(ABORT, 'an order intent only moves forward'); END;
CREATE INDEX order_intents_by_order ON order_intents (account, order_id) WHERE state = 'placed';
COMMIT;
