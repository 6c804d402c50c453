//! "A person, please" in visitors' own words: clear requests are heard, refusals and mere mentions are not.
//!
//! The wordings were written before the code that reads them; those in `kept` were left aside while it was made.

mod kept;

use frontdesk::{
    answer::{Policy, Ruling, decide},
    article::hit::Question,
    conversation::Reason,
    knowledge::Knowledge,
};

use crate::support::demo;

/// A language, what asks for a person in it, and what does not.
type Wordings = (&'static str, &'static [&'static str], &'static [&'static str]);

/// One word alone may be a request or a topic: the bot offers a person.
const VAGUE: [&str; 6] = ["agent", "human", "operator", "representative", "support", "person?"];

const WORDINGS: [Wordings; 22] = [
    (
        "en",
        &[
            "can i please talk to a real human being right now",
            "no i want a human",
            "I NEED TO SPEAK WITH SOMEONE",
            "gimme a human",
            "i wnat to talk to a human",
            "this is useless, get me a person",
            "is there anybody real there i can chat with?",
            "pls connect me to a live agent",
            "hello? can i speak to an actual person",
            "i'd rather talk to a human",
            "I would like to speak to a customer service rep please",
            "let me speak to your manager",
            "put me thru to someone in support",
            "Can someone from your team talk to me?",
            "talk to human",
            "TALK TO A HUMAN!!!!",
            "speak to representative",
            "live chat with a person please",
            "i don't want a bot i want a real person",
            "stop giving me articles and let me talk to somebody",
            "can i get a human to help me with this",
            "Are there any humans I could talk to?",
            "i want to talk to a humna",
            "could you transfer me to an advisor",
            "human being please not a robot",
            "my order is broken and I want to speak to a person about it",
            "is it possible to chat with one of your colleagues",
            "I just want to talk to a person, not a machine",
            "yes i want to speak with an agent",
            "how do i get hold of a real person",
        ],
        &[
            "are your agents human?",
            "no agent needed, thanks",
            "my real estate agent",
            "the agent at the shop told me the sofa comes in green",
            "i don't want to talk to anyone",
            "I do not need a human, the bot is fine",
            "no need to get a person",
            "am i talking to a human?",
            "is this a real person?",
            "how many people work in your support team",
            "what are your support hours",
            "the representative promised me a refund last week",
            "i already spoke to someone yesterday and they said it would ship",
            "does a person check my order before it ships?",
            "which cleaning agent can i use on the table",
            "is the table big enough for a person in a wheelchair?",
            "how many persons can sit at the oak table",
            "how tall can a person be for the bed",
            "do you sell human sized mirrors",
            "i work as a travel agent, do you have trade discounts",
            "please don't transfer me to anybody",
            "your agent was very kind, thank you",
            "can the driver call me before delivery",
            "can someone else receive the parcel for me?",
            "does someone carry the sofa upstairs",
            "who reads my chat, a person or a machine",
            "do agents see my address",
            "is a human designing your furniture",
            "i don't want an agent yet, just tell me the price",
            "the person who delivered my desk scratched the floor",
        ],
    ),
    (
        "ar",
        &["ممكن اتكلم مع شخص حقيقي لو سمحت", "عايز اكلم موظف خدمة العملاء", "أريد التحدث مع إنسان وليس روبوت"],
        &["لا أحتاج إلى موظف شكرا", "هل الموظفون عندكم بشر؟"],
    ),
    (
        "cs",
        &["můžu prosím mluvit s živým člověkem", "chci mluvit s operátorem", "prepojte me na cloveka prosim"],
        &["nepotřebuji mluvit s člověkem", "operátor mi včera řekl, že to přijde"],
    ),
    (
        "da",
        &["kan jeg få lov at tale med et rigtigt menneske", "giv mig et menneske", "jeg vil snakke med en medarbejder"],
        &["nej tak, jeg har ikke brug for et menneske", "er jeres medarbejdere mennesker?"],
    ),
    (
        "de",
        &[
            "gib mir einen menschen",
            "ICH WILL MIT EINEM MENSCHEN REDEN",
            "kann ich bitte mal mit nem echten menschen schreiben",
            "nein ich will einen mitarbeiter",
            "ich möchte jetzt sofort mit jemandem sprechen!!",
        ],
        &[
            "ich brauche keinen menschen, danke",
            "der mitarbeiter im laden hat gesagt es dauert zwei wochen",
            "sind eure mitarbeiter echte menschen?",
            "ich will mit niemandem reden",
        ],
    ),
    (
        "es",
        &[
            "quiero hablar con una persona de verdad ya",
            "pasame con un humano",
            "necesito hablar con alguien de atencion al cliente",
        ],
        &["no hace falta ninguna persona, gracias", "el agente me dijo que llegaba mañana"],
    ),
    (
        "fi",
        &["haluan puhua ihmiselle", "saanko puhua oikean ihmisen kanssa", "yhdistä minut asiakaspalvelijalle"],
        &["en tarvitse ihmistä, kiitos", "ovatko asiakaspalvelijanne ihmisiä"],
    ),
    (
        "fr",
        &[
            "je veux parler a un vrai humain",
            "est-ce que je peux parler à quelqu'un svp",
            "passez moi un conseiller",
            "non je veux un humain",
        ],
        &["pas besoin d'un conseiller merci", "le conseiller m'a dit que ma commande était partie"],
    ),
    (
        "he",
        &["אני רוצה לדבר עם נציג אנושי עכשיו", "אפשר בבקשה נציג אמיתי"],
        &["לא צריך נציג תודה", "הנציג אמר לי שזה יגיע מחר"],
    ),
    ("hi", &["मुझे किसी इंसान से बात करनी है", "कृपया मुझे एजेंट से जोड़ें"], &["मुझे एजेंट की ज़रूरत नहीं है", "क्या आपके एजेंट इंसान हैं"]),
    (
        "it",
        &["voglio parlare con una persona vera", "posso parlare con un operatore per favore", "passami un umano"],
        &["non mi serve un operatore grazie", "l'operatore mi ha detto che arriva domani"],
    ),
    ("ja", &["人間のオペレーターと話したいです", "担当者に繋いで"], &["担当者は不要です", "オペレーターは人間ですか"]),
    (
        "ko",
        &["상담원 연결해 주세요", "사람이랑 얘기하고 싶어요"],
        &["상담원은 필요 없어요", "어제 상담원이랑 통화했는데 환불된다고 했어요"],
    ),
    (
        "nb",
        &["kan jeg snakke med et ekte menneske", "jeg vil ha et menneske", "sett meg over til kundeservice"],
        &["jeg trenger ikke et menneske, takk", "medarbeideren i butikken sa at den kommer i morgen"],
    ),
    (
        "nl",
        &["kan ik met een echt mens praten", "ik wil een medewerker spreken", "geef me een mens aub"],
        &["ik heb geen medewerker nodig, bedankt", "zijn jullie medewerkers mensen?"],
    ),
    (
        "pl",
        &["chcę porozmawiać z człowiekiem", "prosze polaczyc mnie z konsultantem"],
        &["nie potrzebuję konsultanta, dziękuję", "konsultant powiedział, że paczka już jedzie"],
    ),
    (
        "pt",
        &["quero falar com uma pessoa de verdade", "posso falar com um atendente por favor"],
        &["não preciso de um atendente, obrigado", "o atendente me disse que chega amanhã"],
    ),
    (
        "ru",
        &["хочу поговорить с живым человеком", "соедините с оператором", "позовите человека пожалуйста"],
        &["мне не нужен оператор, спасибо", "оператор сказал что заказ уже едет"],
    ),
    (
        "sv",
        &["kan jag få prata med en riktig människa", "jag vill prata med kundtjänst"],
        &["jag behöver ingen människa, tack", "kundtjänst sa att den kommer imorgon"],
    ),
    (
        "tr",
        &["gerçek bir insanla konuşmak istiyorum", "beni müşteri temsilcisine bağlar mısın"],
        &["temsilciye gerek yok, teşekkürler", "temsilci bana yarın geleceğini söyledi"],
    ),
    (
        "uk",
        &["хочу поговорити з живою людиною", "з'єднайте мене з оператором"],
        &["мені не потрібен оператор, дякую", "оператор сказав, що замовлення вже їде"],
    ),
    ("zh", &["我想和真人说话", "请转人工客服", "人工客服"], &["不需要人工客服，谢谢", "客服昨天告诉我明天到货"]),
];

/// On a page in the visitor's language, and on one in English or, for English, one that says nothing about it.
fn pages(language: &'static str) -> [Option<&'static str>; 2] {
    [Some(language), Some("en").filter(|_| language != "en")]
}

fn ruling(knowledge: &Knowledge, text: &str, locale: Option<&str>) -> Ruling {
    let question = Question { locale: locale.map(str::to_owned), ..Question::new(text) };
    decide(&knowledge.search(&question).unwrap(), &Policy::default()).ruling
}

/// Every wording that is read otherwise than the tables say.
fn misread(tables: &[Wordings]) -> Vec<String> {
    let knowledge = demo();
    let mut misread = Vec::new();
    for (language, requests, others) in tables {
        let wordings = requests.iter().map(|text| (text, true)).chain(others.iter().map(|text| (text, false)));
        for (text, asks) in wordings {
            for locale in pages(language) {
                let ruling = ruling(&knowledge, text, locale);
                if (ruling.reason() == Some(Reason::AskedForAgent)) != asks {
                    misread.push(format!("{language} on {locale:?}: {text:?} asks: {asks}, but {:?}", ruling.kind()));
                }
            }
        }
    }
    misread
}

#[test]
fn a_clear_request_is_heard_and_a_mention_is_not() {
    let misread = misread(&WORDINGS);
    assert!(misread.is_empty(), "{misread:#?}");
}

#[test]
fn wordings_kept_aside_are_read_the_same() {
    let misread = misread(&kept::WORDINGS);
    assert!(misread.is_empty(), "{misread:#?}");
}

#[test]
fn a_word_alone_gets_an_offer() {
    let knowledge = demo();
    for text in VAGUE {
        let ruling = ruling(&knowledge, text, Some("en"));
        assert_eq!(ruling.reason(), Some(Reason::LowConfidence), "{text}");
    }
}

#[test]
fn there_are_at_least_forty_of_each_in_twenty_languages() {
    let all = || WORDINGS.iter().chain(&kept::WORDINGS);
    assert!(all().map(|(_, requests, _)| requests.len()).sum::<usize>() >= 40);
    assert!(all().map(|(_, _, others)| others.len()).sum::<usize>() >= 40);
    assert!(WORDINGS.iter().filter(|(_, requests, others)| requests.len() > 1 && others.len() > 1).count() >= 20);
}
