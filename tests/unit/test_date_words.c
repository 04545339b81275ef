#include "date_testing.h"

START_TEST(dates_in_other_languages)
{
	static const struct reading readings[] = {
		{ "le 7 février 2024", "2024-02-07" },
		{ "mercredi 7 février 2024", "2024-02-07" },
		{ "Le mardi 6 févr. 2024", "2024-02-06" },
		{ "1er mars 2024", "2024-03-01" },
		{ "mar. 5 mars 2024", "2024-03-05" },
		{ "14 juillet 1989", "1989-07-14" },
		{ "14 juil. 1989", "1989-07-14" },
		{ "6 juin 1944", "1944-06-06" },
		{ "15 AOÛT 2024", "2024-08-15" },
		{ "25 de\xCC\x81"
		  "cembre 2024",
		  "2024-12-25" },
		{ "mars 2024", "2024-03" },
		{ "7. Februar 2024", "2024-02-07" },
		{ "7.Februar 2024", "2024-02-07" },
		{ "Mittwoch, den 7. Februar 2024", "2024-02-07" },
		{ "am 1. März 2024", "2024-03-01" },
		{ "Mi., 7. Feb. 2024, 10:15", "2024-02-07T10:15" },
		{ "3. Oktober 1990", "1990-10-03" },
		{ "6. Jänner 2024", "2024-01-06" },
		{ "24. Dez. 2024", "2024-12-24" },
		{ "März 2024", "2024-03" },
		{ "Mai 2024", "2024-05" },
		{ "7 de febrero de 2024", "2024-02-07" },
		{ "miércoles, 7 de febrero del 2024", "2024-02-07" },
		{ "el 1 de enero de 2024", "2024-01-01" },
		{ "martes 6 ago 2024", "2024-08-06" },
		{ "abril de 2024", "2024-04" },
		{ "woensdag 7 februari 2024", "2024-02-07" },
		{ "op 1 mrt. 2024", "2024-03-01" },
		{ "5 mei 2024", "2024-05-05" },
		{ "mercoledì 7 febbraio 2024", "2024-02-07" },
		{ "il 2 giugno 1946", "1946-06-02" },
		{ "1 gen 2024", "2024-01-01" },
		{ "1° maggio 2024", "2024-05-01" },
		{ "quarta-feira, 7 de fevereiro de 2024", "2024-02-07" },
		{ "1º de março de 2024", "2024-03-01" },
		{ "12 out. 2024", "2024-10-12" },
		{ "7 Januari 2024", "2024-01-07" },
		{ "Mar 7, 2024", "2024-03-07" },
		{ "Mar. 2024", "2024-03" },
		{ "May 2024", "2024-05" },
		{ "on 7 May 2024", "2024-05-07" },
	};
	CHECK_READINGS(readings);
}
END_TEST

START_TEST(dates_with_signs)
{
	static const struct reading readings[] = {
		{ "2024年2月7日", "2024-02-07" },
		{ "2024年02月07日", "2024-02-07" },
		{ "2024 年 2 月 7 日", "2024-02-07" },
		{ "２０２４年２月７日", "2024-02-07" },
		{ "2024年2月7日 10:15", "2024-02-07T10:15" },
		{ "2024年2月7日10:15:30", "2024-02-07T10:15:30" },
		{ "2024年2月", "2024-02" },
		{ "2024年", "2024" },
		{ "2024년 2월 7일", "2024-02-07" },
		{ "2024년2월7일", "2024-02-07" },
		{ "2024년 12월", "2024-12" },
		{ "2024년", "2024" },
	};
	CHECK_READINGS(readings);
}
END_TEST

START_TEST(what_is_not_known_is_left_out)
{
	static const struct reading readings[] = {
		{ "2023-XX", "2023" },       { "2023-xx-xx", "2023" }, { "2023-05-XX", "2023-05" },
		{ "2024-02-00", "2024-02" }, { "2024-00-00", "2024" }, { "circa 1987", "1987" },
		{ "Circa 1987", "1987" },    { "c. 1987", "1987" },    { "c 1987", "1987" },
		{ "ca. 1987", "1987" },      { "ca 1987", "1987" },    { "c.1987", "1987" },
	};
	CHECK_READINGS(readings);
}
END_TEST

/* Whatever the number of letters, a name is of one month; and each month has one in each language. */
START_TEST(names_of_months_are_of_one_month)
{
	static const char *const names[7][12] = {
		{ "January", "February", "March", "April", "May", "June", "July", "August",
		  "September", "October", "November", "December" },
		{ "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
		  "septembre", "octobre", "novembre", "décembre" },
		{ "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August",
		  "September", "Oktober", "November", "Dezember" },
		{ "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
		  "september", "oktober", "november", "december" },
		{ "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
		  "septiembre", "octubre", "noviembre", "diciembre" },
		{ "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
		  "settembre", "ottobre", "novembre", "dicembre" },
		{ "janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto",
		  "setembro", "outubro", "novembro", "dezembro" },
	};
	for (size_t language = 0; language < 7; language++) {
		for (size_t month = 0; month < 12; month++) {
			const char *name = names[language][month];
			for (size_t len = strlen(name); len >= 4; len--) {
				char text[64];
				struct date date;
				snprintf(text, sizeof(text), "7 %.*s 2024", (int)len, name);
				/* The first byte of a character of two. */
				if ((unsigned char)name[len - 1] >= 0xC0)
					continue;
				ck_assert_msg(date_parse(str_from(text), &date), "%s", text);
				ck_assert_msg(date.month == month + 1, "%s is %d", text, date.month);
			}
		}
	}
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("date_words");
	TCase *tests = tcase_create("date_words");
	tcase_add_test(tests, dates_in_other_languages);
	tcase_add_test(tests, dates_with_signs);
	tcase_add_test(tests, what_is_not_known_is_left_out);
	tcase_add_test(tests, names_of_months_are_of_one_month);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
