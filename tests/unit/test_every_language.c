#include "dateline/entity.h"

#include "dateline/utf8.h"
#include "testing.h"

/* The same piece of news in every language that there is a stemmer for. */
static const struct {
	const char *code, *text;
} news[] = {
	{ "ar",
	  "قالت المتحدثة باسم الحكومة في باريس يوم الاثنين إن آدا فوس ستزور القاهرة. وأضافت: «لن نوقّع شيئًا الآن»." },
	{ "hy",
	  "Ադա Ֆոսը երկուշաբթի օրը ժամանեց Երևան և հանդիպեց նախարարին։ «Մենք կխոսենք Փարիզում»,— ասաց նա։" },
	{ "eu",
	  "Ada Vos Parisera joan zen astelehenean, eta Bilboko portuko ordezkariekin hitz egin zuen. «Ez dugu ezer sinatu», esan zuen." },
	{ "ca",
	  "L'Ada Vos va arribar dilluns a Barcelona amb el ministre d'Afers Exteriors. «No hem signat res», va dir la portaveu de l'Ajuntament." },
	{ "da",
	  "Ada Vos rejste mandag til København for at møde udenrigsministeren. »Vi har ikke skrevet under på noget,« sagde hun til Søndagsavisen i Århus." },
	{ "nl",
	  "Ada Vos reisde maandag naar Den Haag voor overleg met de minister van Buitenlandse Zaken. ‘We hebben niets getekend’, zei 's avonds haar woordvoerder." },
	{ "en",
	  "Ada Vos of the Harbour Board travelled to Paris on Monday to meet the French foreign minister. \"We have signed nothing,\" she said in the U.S. embassy." },
	{ "fi",
	  "Ada Vos matkusti maanantaina Helsinkiin tapaamaan ulkoministeriä. ”Emme ole allekirjoittaneet mitään”, hän sanoi Yle-uutisille." },
	{ "fr",
	  "Ada Vos s'est rendue lundi à Genève, où l'Organisation mondiale de la santé (OMS) l'attendait. « Nous n'avons rien signé », a-t-elle dit à l'AFP." },
	{ "de",
	  "Ada Vos reiste am Montag nach München, um den Außenminister zu treffen. „Wir haben nichts unterschrieben“, sagte sie der Süddeutschen Zeitung (SZ)." },
	{ "el",
	  "Η Άντα Βος ταξίδεψε τη Δευτέρα στην Αθήνα για να συναντήσει τον υπουργό Εξωτερικών. «Δεν υπογράψαμε τίποτα», είπε στο ΑΠΕ-ΜΠΕ." },
	{ "hi",
	  "एडा वोस सोमवार को विदेश मंत्री से मिलने दिल्ली पहुँचीं। उन्होंने कहा, “हमने किसी चीज़ पर हस्ताक्षर नहीं किए हैं।”" },
	{ "hu",
	  "Ada Vos hétfőn Budapestre utazott, hogy a külügyminiszterrel találkozzon. „Semmit sem írtunk alá” – mondta az MTI-nek." },
	{ "id",
	  "Ada Vos tiba di Jakarta pada hari Senin untuk bertemu Menteri Luar Negeri. \"Kami belum menandatangani apa-apa,\" katanya kepada Antara." },
	{ "ga",
	  "Chuaigh Ada Vos go Baile Átha Cliath Dé Luain chun bualadh leis an Aire Gnóthaí Eachtracha. “Níor shínigh muid rud ar bith,” a dúirt sí." },
	{ "it",
	  "Ada Vos è arrivata lunedì all'aeroporto di Roma per incontrare il ministro degli Esteri. «Non abbiamo firmato nulla», ha detto all'ANSA." },
	{ "lt",
	  "Ada Vos pirmadienį atvyko į Vilnių susitikti su užsienio reikalų ministru. „Nieko nepasirašėme“, – sakė ji BNS." },
	{ "ne",
	  "एडा भोस सोमबार परराष्ट्रमन्त्रीलाई भेट्न काठमाडौं आइपुगिन्। उनले भनिन्, “हामीले केहीमा हस्ताक्षर गरेका छैनौं।”" },
	{ "no",
	  "Ada Vos reiste mandag til Tromsø for å møte utenriksministeren. – Vi har ikke skrevet under på noe, sa hun til NTB på Gardermoen." },
	{ "pt",
	  "Ada Vos chegou na segunda-feira a São Paulo para se encontrar com o ministro das Relações Exteriores. “Não assinamos nada”, disse à Lusa." },
	{ "ro",
	  "Ada Vos a sosit luni la București pentru a se întâlni cu ministrul de Externe. „Nu am semnat nimic”, a declarat ea pentru Agerpres." },
	{ "ru",
	  "Ада Вос в понедельник прилетела в Москву на встречу с министром иностранных дел. «Мы ничего не подписали», — сказала она ТАСС." },
	{ "sr",
	  "Ада Вос је у понедељак допутовала у Београд на састанак с министром спољних послова. „Ништа нисмо потписали“, рекла је за Танјуг. Ada Vos, Novi Sad." },
	{ "es",
	  "Ada Vos llegó el lunes a Bogotá para reunirse con el ministro de Asuntos Exteriores. «No hemos firmado nada», dijo a EFE. ¿Y España?" },
	{ "sv",
	  "Ada Vos reste i måndags till Göteborg för att träffa utrikesministern. ”Vi har inte skrivit under något”, sade hon till TT." },
	{ "ta",
	  "ஆடா வோஸ் திங்கட்கிழமை வெளியுறவு அமைச்சரைச் சந்திக்க சென்னை வந்தார். “நாங்கள் எதிலும் கையெழுத்திடவில்லை,” என்று அவர் கூறினார்." },
	{ "tr",
	  "Ada Vos pazartesi günü Dışişleri Bakanı'yla görüşmek için İstanbul'a geldi. “Hiçbir şey imzalamadık,” dedi Anadolu Ajansı'na. IĞDIR İLİ" },
	{ "yi",
	  "אַדאַ וואָס איז מאָנטיק געקומען קיין ווילנע זיך צו טרעפֿן מיטן אויסערן־מיניסטער. „מיר האָבן גאָרנישט אונטערגעשריבן“, האָט זי געזאָגט." },
};

#define NEWS (sizeof(news) / sizeof(*news))

static struct name_model *model;
static struct recogniser *recogniser;
static struct text_builder builder;
static struct analyser *analyser;
static struct token_list tokens;
static struct arena arena;
static struct article article;
static struct entity_result result;

static void set_up(void)
{
	struct error err;
	ck_assert_msg(name_model_open(NULL, &model, &err) == STATUS_OK, "%s", err.text);
	recogniser = recogniser_new(ENTITIES_AUTO, model);
	analyser = analyser_new();
}

static void tear_down(void)
{
	recogniser_free(recogniser);
	name_model_close(model);
	text_builder_release(&builder);
	analyser_free(analyser);
	token_list_release(&tokens);
	arena_release(&arena);
}

static void check_mentions(void)
{
	uint32_t start = 0;
	for (size_t i = 0; i < result.mention_count; i++) {
		const struct mention *mention = &result.mentions[i];
		ck_assert_uint_lt(mention->entity, result.entity_count);
		ck_assert_uint_ge(mention->start, start);
		ck_assert_uint_lt(mention->start, mention->end);
		ck_assert_uint_le(mention->end, article.text.len);
		ck_assert(utf8_is_clean((struct str){ article.text.data + mention->start,
						      mention->end - mention->start }));
		start = mention->start;
	}
}

static void run(struct str text, const char *language)
{
	uint32_t position = 1;
	text_builder_reset(&builder);
	text_builder_add_body(&builder, text);
	article = (struct article){ .language = str_from(language) };
	text_builder_finish(&builder, &arena, &article);
	analyser_set_language(analyser, language_of_text(article.language));
	tokens.count = 0;
	for (size_t i = 0; i < article.paragraph_count; i++) {
		const struct paragraph *paragraph = &article.paragraphs[i];
		const struct str part = { article.text.data + paragraph->start,
					  paragraph->end - paragraph->start };
		position = analyser_run(analyser, part, paragraph->start, position, &tokens);
	}
	recogniser_run(recogniser, &article, &tokens, &arena, &result);
	check_mentions();
}

static bool is_tagged(void)
{
	for (size_t i = 0; i < result.mention_count; i++)
		if (result.mentions[i].rule == RULE_TAGGER)
			return true;
	return false;
}

static size_t count_named(void)
{
	size_t count = 0;
	for (size_t i = 0; i < result.entity_count; i++)
		count += result.entities[i].kind <= KIND_OTHER;
	return count;
}

START_TEST(there_is_news_in_every_language)
{
	size_t languages = 0;
	for (const struct language *l = language_table; l->code; l++, languages++) {
		ck_assert_uint_lt(languages, NEWS);
		ck_assert_str_eq(news[languages].code, l->code);
	}
	ck_assert_uint_eq(languages, NEWS);
}
END_TEST

/* By code, by the name in English, by the stemmer's name: the same. */
START_TEST(each_is_read_by_every_name_of_it)
{
	for (size_t i = 0; i < NEWS; i++) {
		const struct str text = str_from(news[i].text);
		run(text, language_table[i].code);
		const size_t entities = result.entity_count, mentions = result.mention_count;
		ck_assert_msg(!is_tagged() || i == 6, "%s was tagged as English", news[i].code);
		const char *const names[] = { language_table[i].name, language_table[i].algorithm };
		for (size_t n = 0; n < 2; n++) {
			run(text, names[n]);
			/* What is declared is a value of its own, under each name one. */
			ck_assert_msg(result.entity_count == entities &&
					      result.mention_count == mentions,
				      "%s as %s", news[i].code, names[n]);
		}
	}
}
END_TEST

/* Undeclared it is taken for English, and may be full of names that are none; declared wrongly it is like any other text. */
START_TEST(each_is_read_as_any_other)
{
	for (size_t i = 0; i < NEWS; i++) {
		run(str_from(news[i].text), "");
		for (const struct language *l = language_table; l->code; l++)
			run(str_from(news[i].text), l->code);
	}
	run(str_from(news[6].text), "");
	ck_assert(is_tagged());
	ck_assert_uint_ge(count_named(), 3);
}
END_TEST

/* All in one article, over and over, in one line and in many; and cut inside. */
START_TEST(all_together_in_one_line)
{
	struct buffer text = { 0 };
	for (int round = 0; round < 30; round++) {
		for (size_t i = 0; i < NEWS; i++) {
			buffer_add_text(&text, news[i].text);
			buffer_add_char(&text, round % 2 ? ' ' : '\n');
		}
	}
	run(buffer_str(&text), "");
	ck_assert_uint_ge(count_named(), 3);
	for (size_t len = 1; len < 4000; len += 7)
		run((struct str){ text.data, utf8_cut(buffer_str(&text), len) }, "");
	buffer_release(&text);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("every_language");
	TCase *tests = tcase_create("recogniser");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, there_is_news_in_every_language);
	tcase_add_test(tests, each_is_read_by_every_name_of_it);
	tcase_add_test(tests, each_is_read_as_any_other);
	tcase_add_test(tests, all_together_in_one_line);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
