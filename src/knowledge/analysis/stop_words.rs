//! Words too common to tell articles apart. Question words stay: "when" and "how much" are different questions.

const LISTS: [(&str, &str); 27] = [
    (
        "ar",
        "أن أنا أنت أو إلى التي الذي الى ان انا انت او بعد ثم ذلك على عن في قد كان كانت كل لا لدي لكن لي \
         ما مع من نحن هذا هذه هل هو هي يكون",
    ),
    (
        "cs",
        "a aby aj ale ani asi až bez by být co do i je jeho jej její jen ještě ji již jsem jsme jsou já k \
         když ke který mi moje má mám mě můj na nad ne nebo o od po pod pro při s se si sám ta tak také \
         ten to tu v ve z za ze či že",
    ),
    (
        "da",
        "af alle at de dem den der det dig din du eller en er et for fra han har hun i ikke jeg kan man \
         med men mig min mine mit og om os på sig sin skal som så til var ved vi vil være",
    ),
    (
        "de",
        "aber als am an auch auf aus bei bin bist bitte das dass dem den der des die doch du ein eine \
         einem einen einer eines er es für habe haben hat ich ihr ihre im in ist kann können mein meine \
         meinem meinen meiner mich mir mit nach noch oder sein sich sie sind so um und uns unser unsere \
         von war was werden wir wird zu zum zur über",
    ),
    (
        "el",
        "ένα έχει έχω ή αν από αυτό για δεν είναι η θα και μας με μια μου να ο οι που σας σε σου στη στην \
         στο στον τα την της το τον του των",
    ),
    (
        "en",
        "a am an and are at be been being but by can could did do does for from had has have i in is it me \
         my of on or our please should so that the there this to us was we were will with would you your",
    ),
    (
        "es",
        "a al con de del el ella en es esta este estoy ha hay he la las le les lo los me mi mis nos \
         nuestra nuestro o para pero por puedo que se ser si son su sus te tengo tu tus un una unas unos y \
         ya yo",
    ),
    (
        "fi",
        "ei että he hän ja jos kun me minua minulla minun minä mutta myös ne niin nyt olen oli olla on \
         ovat se sen siitä sinä tai te tuo tämä tämän vai voi voin voinko",
    ),
    (
        "fr",
        "a ai as au aux avec c ce ces cette d dans de des du elle en est et il ils j je l la le les leur \
         lui m ma me mes moi mon n nos notre nous on ont ou par pas pour puis qu que s sa se ses son sont \
         sur svp t ta te tes ton tu un une vos votre vous y être",
    ),
    ("he", "או אין אל אם אנחנו אני את אתה ב גם ה הוא היא הם ו זה זו יש כי ל לא לי לכם על עם של שלי"),
    (
        "hi",
        "आप इस उस एक और कर का कि की के को तो था थी थे ने पर भी में मेरा मेरी मेरे मैं यह या वह से हम ही है \
         हैं हो",
    ),
    (
        "hu",
        "a az azt be csak de egy el ez ezt fel ha hogy is kell ki le lehet lesz meg mi már még neked nekem \
         nem te ti vagy van volt én és ő ők",
    ),
    (
        "it",
        "a ad ai al alla alle anche che ci con d da dal de dei del della delle di e ed fra gli ha ho i il \
         in io l la le lo ma mi mia mie miei mio nel nella non o per posso si sono su sua sul suo tra tu \
         un una uno vi è",
    ),
    ("ja", "い か が さ し た だ て で と な に の は も る れ を"),
    ("nb", NORWEGIAN),
    (
        "nl",
        "aan al als bij dan dat de deze die dit door een en er haar had heb hebben heeft hem het hij ik in \
         is ja je jullie kan kunnen maar me met mij mijn naar nog of om ons onze op over te tot u uit uw \
         van voor was we wij worden wordt zich zijn zo",
    ),
    ("nn", NORWEGIAN),
    ("no", NORWEGIAN),
    (
        "pl",
        "a ale bo być czy dla do go i ich ja jest jestem już ma mam mi mnie moja moje moją mu mój na nad \
         nie o od oraz po pod przez przy się są ta tak ten to tu twój ty u w we z za ze że żeby",
    ),
    (
        "pt",
        "a ao aos as com da das de do dos e ela ele em essa esse esta este eu foi há isso já lhe mas me \
         meu meus minha minhas na nas no nos não nós o os ou para pela pelo por posso que se sem ser seu \
         sua são tem tenho um uma você à às é",
    ),
    (
        "ro",
        "a ai al ale am ar are au ca ce cu da de din e ea ei el este eu fi fie la le lui mai mea mei meu \
         mi mă nu o pe pentru pot se sunt să te un una unei unui vă îmi în și",
    ),
    (
        "ru",
        "а без бы был была были быть в вам вас вы да для до его ее если есть еще же за и из или им их к \
         как-то ко ли мне мои мой моя мы на над нам нас не него но ну о об он она они от по под при с со \
         так то тоже у уже это этот я",
    ),
    (
        "sv",
        "alla att av de dem den det din du eller en er ett från för ha har hon i inte jag kan man med men \
         mig min mina mitt och om på sig sin ska som så till ut var vi vid vill är",
    ),
    ("ta", "அது அந்த இது இந்த இல்லை உள்ள என் என்ற என்று ஒரு தான் நான் நீங்கள் மற்றும்"),
    (
        "tr",
        "acaba ama bana ben beni benim bir biz bu da de değil diye en gibi hem ile ise için ki mi mu mü mı \
         o olan olarak onu sen siz ve veya ya çok şu",
    ),
    (
        "uk",
        "а б без би був була були бути в вам вас ви від для до ж з за й к ко лише мені ми мною моя мої мій \
         на над нам нас не нею ні о об та так то у це цей чи що щоб я є і із їх її",
    ),
    ("zh", "与 也 了 们 吗 吧 呢 和 啊 在 就 我 我的 是 有 的 请 都"),
];

const NORWEGIAN: &str = "alle at av de deg dem den det din du eller en er et for fra ha han har hun i ikke jeg kan man med \
    meg men min mine mitt og om oss på seg sin skal som så til var ved vi vil være å";

/// The stop words of a language, by its code; none for languages without a list.
pub(super) fn of(code: &str) -> impl Iterator<Item = &'static str> {
    let list = LISTS.into_iter().find(|(language, _)| *language == code).map_or("", |(_, words)| words);
    list.split_ascii_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn question_words_are_no_stop_words() {
        for word in ["how", "when", "where", "why", "who", "which", "not", "no"] {
            assert!(!of("en").any(|stop_word| stop_word == word), "{word}");
        }
        assert!(of("en").any(|stop_word| stop_word == "the"));
        assert_eq!(of("xx").count(), 0);
    }
}
