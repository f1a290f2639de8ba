//! Raw material for made-up people, groups and threads: plausible fiction in several scripts.

/// A culture's names, each as written and in ASCII.
pub struct Culture {
    /// Given names.
    pub given: &'static [(&'static str, &'static str)],
    /// Surnames.
    pub surnames: &'static [(&'static str, &'static str)],
    /// Whether the surname comes first.
    pub surname_first: bool,
    /// What stands between the two.
    pub between: &'static str,
    /// City, country and the country's telephone prefix.
    pub cities: &'static [(&'static str, &'static str, &'static str)],
}

/// The cultures. Latin ones stand here more often, so that about two people in three have Latin names.
pub static CULTURES: &[Culture] = &[NORDIC, ENGLISH, CHINESE, GERMAN, ARABIC, SPANISH, CYRILLIC, POLISH, JAPANESE, YORUBA, KOREAN, VIETNAMESE];

const NORDIC: Culture = Culture {
    given: &[("Åsa", "asa"), ("Bjørn", "bjorn"), ("Sølvi", "solvi"), ("Ingrid", "ingrid"), ("Håkon", "hakon"), ("Märta", "marta"), ("Torbjörn", "torbjorn"), ("Aino", "aino"), ("Eivør", "eivor"), ("Jökull", "jokull")],
    surnames: &[("Lindqvist", "lindqvist"), ("Sjögren", "sjogren"), ("Nygård", "nygard"), ("Østergaard", "ostergaard"), ("Mäkelä", "makela"), ("Bergström", "bergstrom"), ("Haugland", "haugland"), ("Þórsdóttir", "thorsdottir"), ("Ekelund", "ekelund")],
    surname_first: false,
    between: " ",
    cities: &[("Göteborg", "Sweden", "+46"), ("Ålesund", "Norway", "+47"), ("Tampere", "Finland", "+358"), ("Århus", "Denmark", "+45")],
};

const ENGLISH: Culture = Culture {
    given: &[("Niamh", "niamh"), ("Gareth", "gareth"), ("Imogen", "imogen"), ("Theo", "theo"), ("Maeve", "maeve"), ("Rhys", "rhys"), ("Clementine", "clementine"), ("Seán", "sean"), ("Winifred", "winifred"), ("Zoë", "zoe")],
    surnames: &[("O’Shaughnessy", "oshaughnessy"), ("Pemberton", "pemberton"), ("Llewellyn", "llewellyn"), ("Hargreaves", "hargreaves"), ("MacAlister", "macalister"), ("Fairweather", "fairweather"), ("Birdwhistle", "birdwhistle"), ("Thackeray-Moss", "thackeray-moss")],
    surname_first: false,
    between: " ",
    cities: &[("Bristol", "United Kingdom", "+44"), ("Galway", "Ireland", "+353"), ("Dunedin", "New Zealand", "+64"), ("Halifax", "Canada", "+1")],
};

const GERMAN: Culture = Culture {
    given: &[("Jürgen", "juergen"), ("Käthe", "kaethe"), ("Anneliese", "anneliese"), ("Götz", "goetz"), ("Friederike", "friederike"), ("Matthäus", "matthaeus"), ("Ute", "ute"), ("Björn-Uwe", "bjoern-uwe")],
    surnames: &[("Müller", "mueller"), ("Weißgerber", "weissgerber"), ("Großmann", "grossmann"), ("Schädlich", "schaedlich"), ("von der Au", "vonderau"), ("Höflich", "hoeflich"), ("Zwölfer", "zwoelfer"), ("Brückner", "brueckner")],
    surname_first: false,
    between: " ",
    cities: &[("München", "Germany", "+49"), ("Köln", "Germany", "+49"), ("Zürich", "Switzerland", "+41"), ("Graz", "Austria", "+43")],
};

const SPANISH: Culture = Culture {
    given: &[("Iñaki", "inaki"), ("Begoña", "begona"), ("Ximena", "ximena"), ("José María", "josemaria"), ("Lucía", "lucia"), ("João", "joao"), ("Conceição", "conceicao"), ("Núria", "nuria")],
    surnames: &[("Muñoz", "munoz"), ("Ibáñez", "ibanez"), ("Etxeberria", "etxeberria"), ("Gonçalves", "goncalves"), ("de la Peña", "delapena"), ("Puigdemont i Serra", "puigdemont"), ("Assunção", "assuncao")],
    surname_first: false,
    between: " ",
    cities: &[("A Coruña", "Spain", "+34"), ("São Paulo", "Brazil", "+55"), ("Bogotá", "Colombia", "+57"), ("Coimbra", "Portugal", "+351")],
};

const POLISH: Culture = Culture {
    given: &[("Łucja", "lucja"), ("Zbigniew", "zbigniew"), ("Małgorzata", "malgorzata"), ("Jiří", "jiri"), ("Živa", "ziva"), ("Győző", "gyozo"), ("Ștefan", "stefan"), ("Ilze", "ilze")],
    surnames: &[("Wójcik", "wojcik"), ("Dvořák", "dvorak"), ("Szczepańska", "szczepanska"), ("Kőszegi", "koszegi"), ("Țurcanu", "turcanu"), ("Bērziņš", "berzins"), ("Žižek", "zizek")],
    surname_first: false,
    between: " ",
    cities: &[("Łódź", "Poland", "+48"), ("Brno", "Czechia", "+420"), ("Győr", "Hungary", "+36"), ("Rīga", "Latvia", "+371")],
};

const YORUBA: Culture = Culture {
    given: &[("Adéọlá", "adeola"), ("Ọlámidé", "olamide"), ("Títílayọ̀", "titilayo"), ("Kwabena", "kwabena"), ("Wanjirũ", "wanjiru"), ("Thandiwe", "thandiwe")],
    surnames: &[("Adébáyọ̀", "adebayo"), ("Ọ̀ṣúntókun", "osuntokun"), ("Mensah", "mensah"), ("Mũturi", "muturi"), ("Nkosi", "nkosi")],
    surname_first: false,
    between: " ",
    cities: &[("Ìbàdàn", "Nigeria", "+234"), ("Kumasi", "Ghana", "+233"), ("Nairobi", "Kenya", "+254"), ("Durban", "South Africa", "+27")],
};

const VIETNAMESE: Culture = Culture {
    given: &[("Thị Hương", "thihuong"), ("Văn Đức", "vanduc"), ("Quỳnh Anh", "quynhanh"), ("Minh Tuấn", "minhtuan"), ("Ngọc Bích", "ngocbich")],
    surnames: &[("Nguyễn", "nguyen"), ("Trần", "tran"), ("Phạm", "pham"), ("Đặng", "dang"), ("Huỳnh", "huynh")],
    surname_first: true,
    between: " ",
    cities: &[("Đà Nẵng", "Vietnam", "+84"), ("Huế", "Vietnam", "+84")],
};

const CHINESE: Culture = Culture {
    given: &[("秀英", "xiuying"), ("子轩", "zixuan"), ("思远", "siyuan"), ("雨桐", "yutong"), ("國強", "guoqiang"), ("淑芬", "shufen"), ("𠮷祥", "jixiang")],
    surnames: &[("王", "wang"), ("欧阳", "ouyang"), ("陳", "chen"), ("诸葛", "zhuge"), ("劉", "liu"), ("林", "lin")],
    surname_first: true,
    between: "",
    cities: &[("成都", "China", "+86"), ("高雄", "Taiwan", "+886"), ("Singapore", "Singapore", "+65")],
};

const JAPANESE: Culture = Culture {
    given: &[("花子", "hanako"), ("太郎", "taro"), ("さくら", "sakura"), ("健一", "kenichi"), ("千尋", "chihiro"), ("マリア", "maria")],
    surnames: &[("山田", "yamada"), ("髙橋", "takahashi"), ("佐藤", "sato"), ("長谷川", "hasegawa"), ("五十嵐", "igarashi"), ("渡邉", "watanabe")],
    surname_first: true,
    between: " ",
    cities: &[("大阪", "Japan", "+81"), ("札幌", "Japan", "+81")],
};

const KOREAN: Culture = Culture {
    given: &[("민준", "minjun"), ("서연", "seoyeon"), ("지우", "jiwoo"), ("하은", "haeun"), ("동현", "donghyun")],
    surnames: &[("김", "kim"), ("이", "lee"), ("박", "park"), ("최", "choi"), ("남궁", "namgung")],
    surname_first: true,
    between: "",
    cities: &[("부산", "South Korea", "+82"), ("대전", "South Korea", "+82")],
};

const ARABIC: Culture = Culture {
    given: &[("ليلى", "layla"), ("عمر", "omar"), ("فاطمة", "fatima"), ("يوسف", "yusuf"), ("نور", "nour"), ("خالد", "khalid"), ("آلاء", "alaa")],
    surnames: &[("الحداد", "alhaddad"), ("المنصوري", "almansouri"), ("بن يوسف", "benyoussef"), ("خوري", "khoury"), ("الزهراني", "alzahrani"), ("حمدان", "hamdan")],
    surname_first: false,
    between: " ",
    cities: &[("عمّان", "Jordan", "+962"), ("بيروت", "Lebanon", "+961"), ("Tunis", "Tunisia", "+216")],
};

const CYRILLIC: Culture = Culture {
    given: &[("Олена", "olena"), ("Богдан", "bohdan"), ("Світлана", "svitlana"), ("Ѓорѓи", "gjorgji"), ("Милица", "milica"), ("Йордан", "yordan"), ("Айгүл", "aigul")],
    surnames: &[("Шевченко", "shevchenko"), ("Ковальчук", "kovalchuk"), ("Петровић", "petrovic"), ("Димитров", "dimitrov"), ("Ќосев", "kjosev"), ("Әбенова", "abenova")],
    surname_first: false,
    between: " ",
    cities: &[("Львів", "Ukraine", "+380"), ("Ниш", "Serbia", "+381"), ("Пловдив", "Bulgaria", "+359"), ("Алматы", "Kazakhstan", "+7")],
};

/// Job titles.
pub static TITLES: &[&str] = &["Lamplighter", "Wick Engineer", "Glass Technician", "Account Manager", "Support Specialist", "Software Engineer", "Quality Inspector", "Warehouse Lead", "Buyer", "Accountant", "Product Designer", "Data Analyst", "Site Coordinator", "Technical Writer", "Logistics Planner", "Night Shift Supervisor"];

/// Departments.
pub static DEPARTMENTS: &[&str] = &["Operations", "Engineering", "Sales", "Customer Care", "Finance", "Logistics", "Quality", "Research", "People", "Facilities"];

/// What groups are about.
pub static SUBJECTS: &[&str] = &["Lamp Oil", "Glassworks", "Night Market", "Ωmega Wick", "Beacon", "Lichtfest", "提灯", "Вогник", "Harbour Lights", "Café Lumière", "فانوس", "Spare Parts", "Onboarding", "Fire Safety", "Sommerfest", "Returns Desk"];

/// What groups do about it.
pub static FORMS: &[&str] = &["Team", "Project", "Working Group", "Committee", "Announcements", "Support", "Alumni", "Review Board"];

/// How topics begin.
pub static TOPICS: &[&str] = &["Delivery to", "Question about", "Minutes:", "Who knows", "Broken again:", "Proposal:", "Re-scheduling", "Photos from", "照明の件:", "Запитання:", "سؤال عن", "Update on"];

/// What they are about.
pub static MATTERS: &[&str] = &["the brass order", "wick samples", "the spring fair", "shelf 14B", "the Göteborg kiln", "badge readers", "the glass audit", "winter opening hours", "the moth screens", "invoice numbers", "the new canteen", "forklift training", "packaging tape", "the test bench"];

/// Bodies, inside Exchange's wrapping.
pub static BODIES: &[&str] = &["<div>Thanks, that works for me.</div><div><br></div><div>See you on Thursday.</div>", "<div>Hi all,</div><div><br></div><div>the numbers are in the shared sheet now. Two columns are still empty; could <b>whoever did the count</b> please fill them in before noon?</div>", "<p>I had a look at it this morning. It is not the wick, it is the <i>collar</i>: the thread is worn on one side and the lamp leans by about 3°.</p><ul><li>Order 40 collars (part 7-113)</li><li>Tell the night shift</li><li>Keep one for the museum</li></ul>", "<div>お世話になっております。</div><div>火曜日の会議は<strong>十時</strong>に変更になりました。よろしくお願いいたします。</div>", "<div dir=\"rtl\">مرحبًا جميعًا، وصلت العينات اليوم. اللون ممتاز لكن الحجم أصغر من المطلوب.</div>", "<div>Привіт! Документ готовий, подивіться, будь ласка, третю сторінку.</div>", "<div>+1</div>", "<div>Kurze Frage: Gilt das auch für das Lager in Köln? Dort fehlen noch <a href=\"https://intranet.folkvale.example/lager/koeln\">die Regale</a>.</div><div><br></div><div>Grüße</div>", "<table border=\"1\"><tr><th>Item</th><th>Count</th></tr><tr><td>Collars</td><td>40</td></tr><tr><td>Wicks, 9 mm</td><td>1 200</td></tr></table><div>Please check before I send it off.</div>", "<div>Lovely 🎉 thank you both 👩🏽‍🔧🧑‍🏭</div>"];
