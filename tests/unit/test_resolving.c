/* What names mean inside an article. */
#include "resolving.h"

START_TEST(surnames_mean_the_full_name)
{
	GIVES("[P Ada Lund] left. [P Lund]'s car, said [P Lund].",
	      "Ada Lund=P:Ada Lund; Lund=P:Ada Lund; Lund=P:Ada Lund");
	GIVES("[P Lund] leaves. [P Ada Lund] left.", "Lund=P:Ada Lund; Ada Lund=P:Ada Lund");
	GIVES("[P Lund] left.", "Lund=P:Lund");
	GIVES("[P Xu Jinping] left. [P Xu] said so.", "Xu Jinping=P:Xu Jinping; Xu=P:Xu Jinping");
}
END_TEST

START_TEST(of_two_the_nearest_before_is_meant)
{
	GIVES("[P Ada Lund] and [P Bo Lund]: [P Lund] left. [P Ada Lund], [P Lund] says.",
	      "Ada Lund=P:Ada Lund; Bo Lund=P:Bo Lund; Lund=P:Bo Lund; Ada Lund=P:Ada Lund; "
	      "Lund=P:Ada Lund");
	ck_assert_uint_lt(names.spots[2].confidence, 80);
	GIVES("[P Xu One], [P Xu Two], [P Xu]", "Xu One=P:Xu One; Xu Two=P:Xu Two; Xu=P:Xu");
}
END_TEST

START_TEST(first_names_alone)
{
	GIVES("[P Doug Berg] left. [P Doug] said so, [P Berg] too.",
	      "Doug Berg=P:Doug Berg; Doug=P:Doug Berg; Berg=P:Doug Berg");
	GIVES("[P Bill] and [P Ada Berg] left. [P Bill Berg] said.",
	      "Bill=P:Bill Berg; Ada Berg=P:Ada Berg; Bill Berg=P:Bill Berg");
}
END_TEST

START_TEST(couples_are_two)
{
	GIVES("[P Bill and Ada Berg] left.", "Bill=P:Bill Berg; Ada Berg=P:Ada Berg");
}
END_TEST

START_TEST(titles_are_no_part_of_names)
{
	GIVES("[P Defence Minister Kajsa Berg], [P Lt. Col. Bo Ek] and [P Mr. Berg]",
	      "Kajsa Berg=P:Kajsa Berg; Bo Ek=P:Bo Ek; Berg=P:Kajsa Berg");
	GIVES("[P President] [P Pope Francis], [P King Charles III] and [P Queen Zelda's]",
	      "Pope Francis=P:Pope Francis; King Charles III=P:King Charles III; "
	      "Queen Zelda=P:Queen Zelda");
	GIVES("[P Ada Berg] won. [P President-elect Berg] left.",
	      "Ada Berg=P:Ada Berg; Berg=P:Ada Berg");
	GIVES("[P he] [P Monday] [P Mr.] [P Sir] [P May] [P X]", "");
}
END_TEST

START_TEST(particles_and_nicknames)
{
	GIVES("[P Miguel de la Vega] left, [P de la Vega] said.",
	      "Miguel de la Vega=P:Miguel de la Vega; de la Vega=P:Miguel de la Vega");
	GIVES("[P Edward \"Ned\" Berg]", "Edward \"Ned\" Berg=P:Edward Berg");
	GIVES("[P Ada O\xE2\x80\x99Neil]", "Ada O\xE2\x80\x99Neil=P:Ada O'Neil");
}
END_TEST

START_TEST(short_first_names_are_one_person)
{
	GIVES("[P Mike Berg] is [P Michael Berg], not [P Ada Berg]",
	      "Mike Berg=P:Mike Berg; Michael Berg=P:Mike Berg; Ada Berg=P:Ada Berg");
	GIVES("[P M. Berg] is [P Michael Berg]",
	      "M. Berg=P:Michael Berg; Michael Berg=P:Michael Berg");
	GIVES("[P Ole Berg], [P Ole Berg Jr.]", "Ole Berg=P:Ole Berg; Ole Berg Jr.=P:Ole Berg Jr.");
	GIVES("[P Ole A. Berg], [P Ole B. Berg]",
	      "Ole A. Berg=P:Ole A. Berg; Ole B. Berg=P:Ole B. Berg");
	GIVES("[P Ida Q. Moss] left, [P Ida Moss] said",
	      "Ida Q. Moss=P:Ida Moss; Ida Moss=P:Ida Moss");
}
END_TEST

START_TEST(capitals_are_undone)
{
	GIVES("[P MOE VALE] SAYS [O BANK OF SPADES] AND [L MILLTOWN] FALL",
	      "MOE VALE=P:Moe Vale; BANK OF SPADES=O:Bank of Spades; MILLTOWN=L:Milltown");
	GIVES("[P VALE] left with [P Moe McVale] and [P Moe Vale]. [O NASA] too.",
	      "VALE=P:Moe Vale; Moe McVale=P:Moe McVale; Moe Vale=P:Moe Vale; NASA=O:NASA");
}
END_TEST

START_TEST(words_that_lost_their_blank)
{
	GIVES("[P Ada Lund Ada Maria LundOvernight Defense] and [P Berg Ole Otto Berg2020 Ballots]",
	      "Ada Lund=P:Ada Lund; Ole Otto Berg=P:Ole Otto Berg");
	GIVES("[P Ian McDonald] of [O YouTube TV]",
	      "Ian McDonald=P:Ian McDonald; YouTube TV=O:YouTube TV");
}
END_TEST

START_TEST(acronyms_mean_what_is_spelled_out)
{
	GIVES("[O Northern Cheese Board] met. The [O NCB] left.",
	      "Northern Cheese Board=O:Northern Cheese Board; NCB=O:Northern Cheese Board");
	GIVES("The [O N.C.B.] met, the [O Northern Cheese Board].",
	      "N.C.B.=O:Northern Cheese Board; Northern Cheese Board=O:Northern Cheese Board");
	GIVES("[O Board of Cheese] ([O BC]), [O Union of Cheese] ([O UOC])",
	      "Board of Cheese=O:Board of Cheese; BC=O:Board of Cheese; "
	      "Union of Cheese=O:Union of Cheese; UOC=O:Union of Cheese");
	GIVES("[O Northern Cheese Board] ([O Zed])",
	      "Northern Cheese Board=O:Northern Cheese Board; Zed=O:Zed");
}
END_TEST

START_TEST(well_known_acronyms_unless_the_article_spells_another)
{
	GIVES("The [O IMF] left.", "IMF=O:International Monetary Fund");
	GIVES("The [O Irish Milk Farm] and the [O IMF] left.",
	      "Irish Milk Farm=O:Irish Milk Farm; IMF=O:Irish Milk Farm");
}
END_TEST

START_TEST(forms_of_companies_are_left_out)
{
	GIVES("[O Zopf Inc.], [O Zopf] and [O Zopf, Inc]",
	      "Zopf Inc.=O:Zopf; Zopf=O:Zopf; Zopf, Inc=O:Zopf");
	GIVES("[O Roe Motor Company], [O Roe Motor Co] and [O Roe]",
	      "Roe Motor Company=O:Roe Motor; Roe Motor Co=O:Roe Motor; Roe=O:Roe Motor");
	GIVES("[O Roe & Co.], [O State Corp.], [O the Zopf AG]",
	      "Roe & Co.=O:Roe; State Corp.=O:State Corp.; Zopf AG=O:Zopf");
}
END_TEST

START_TEST(short_names_of_organisations)
{
	GIVES("[O Zopf Sachs] fell. [O Zopf] said, [P Zopf] too, [X Zopf].",
	      "Zopf Sachs=O:Zopf Sachs; Zopf=O:Zopf Sachs; Zopf=O:Zopf Sachs; Zopf=O:Zopf Sachs");
	GIVES("[O Upper Cheese Committee], [O Cheese Committee]",
	      "Upper Cheese Committee=O:Upper Cheese Committee; "
	      "Cheese Committee=O:Upper Cheese Committee");
	GIVES("[O Zopf Sachs], [O Zopf Lehm], [O Zopf]",
	      "Zopf Sachs=O:Zopf Sachs; Zopf Lehm=O:Zopf Lehm; Zopf=O:Zopf");
}
END_TEST

START_TEST(what_is_no_organisation)
{
	GIVES("[O Company] [O Government] [O the Board] [O Inc] [O 1987] [O A] [O U.S. Government] "
	      "[O Senate Majority Leader] [O Roe Administration] [O Secretary of Commerce] "
	      "[O Fake News]",
	      "");
	GIVES("[O U.S. Senate] and [O Senate]", "Senate=O:Senate; Senate=O:Senate");
	GIVES("<[O AXP]>", "");
	GIVES("[X Email Sign Up By] [X Click Here] [O Daily Newsletter] [X Trumpian]", "");
	GIVES("[O Assistant Secretary of State] [O Trump Campaign] [O Directorate General of Roads]",
	      "Directorate General of Roads=O:Directorate General of Roads");
	GIVES("[O U.S. District Court] and the [O Judiciary Committee], [O Judiciary]: [O Circuit Court]",
	      "");
	GIVES("[O Senate Judiciary Committee], [O Judiciary Committee]",
	      "Senate Judiciary Committee=O:Senate Judiciary Committee; "
	      "Judiciary Committee=O:Senate Judiciary Committee");
}
END_TEST

START_TEST(what_is_nothing)
{
	GIVES("[X Why Americans] [X May North American] [X U.S. Rose] [X Alaskans] [O Why Zopf]", "");
	GIVES("[X Why Zopf Met Roe] [X May Day]",
	      "Why Zopf Met Roe=X:Why Zopf Met Roe; May Day=X:May Day");
	GIVES("[X European-Mediterranean] [X Asian-Pacific] [X U.S.-South Korean] [X majority-Muslim]",
	      "");
	GIVES("[X Anglo-Saxon] and [O al-Zopf]", "Anglo-Saxon=X:Anglo-Saxon; al-Zopf=O:al-Zopf");
}
END_TEST

START_TEST(several_are_called_as_one)
{
	GIVES("[X AR-15s] and [X AR-15], [X SDRs]", "AR-15=X:AR-15; AR-15=X:AR-15; SDR=X:SDR");
	GIVES("[X AIDS], [X C-130s], [X Roaring 20s], [X Zopfs]",
	      "AIDS=X:AIDS; C-130s=X:C-130s; Roaring 20s=X:Roaring 20s; Zopfs=X:Zopfs");
}
END_TEST

START_TEST(parties_of_cases_are_nobody)
{
	GIVES("In [P Roe] v. [P Wade]'s wake [P Roe] stays.", "");
	GIVES("[P Roe] v [P Wade] and [P Zopf] vs. [P Blorb]: [P Lund]", "Lund=P:Lund");
	GIVES("[P Tim Roe] of [P Roe] v. [P Wade]", "Tim Roe=P:Tim Roe; Roe=P:Tim Roe");
	GIVES("[P Trump] v. [L Hawaii] v. ", "Trump=P:Donald Trump; Hawaii=L:Hawaii");
	GIVES("v. [P Roe] v.", "Roe=P:Roe");
}
END_TEST

START_TEST(towns_are_nobody)
{
	GIVES("[P Ferguson #40], Missouri, and [P Ferguson].",
	      "Ferguson=L:Ferguson; Ferguson=L:Ferguson");
	GIVES("[P Ferguson #60], [L Ferguson #90]", "Ferguson=L:Ferguson; Ferguson=L:Ferguson");
	GIVES("[P Ferguson #40], N.J. New", "Ferguson=L:Ferguson");
	GIVES("[P Ferguson #40], North Carolina", "Ferguson=L:Ferguson");
	GIVES("[P Ferguson #40], Zopf", "Ferguson=P:Ferguson");
	GIVES("[P Ada Ferguson] left [P Ferguson #40], Missouri",
	      "Ada Ferguson=P:Ada Ferguson; Ferguson=P:Ada Ferguson");
}
END_TEST

START_TEST(initials_are_a_persons)
{
	GIVES("[X S.E. Cupp], [X M.C. Hammer], [X U.S. Smith], [X G.I. Joe]",
	      "S.E. Cupp=P:S.E. Cupp; M.C. Hammer=P:M.C. Hammer; U.S. Smith=X:U.S. Smith; G.I. Joe=X:G.I. Joe");
}
END_TEST

START_TEST(places_have_one_name)
{
	GIVES("[L Calif.], [L Washington, D.C.], [L New York City], [L the Hague], [L St. Louis]",
	      "Calif.=L:California; Washington, D.C.=L:Washington; New York City=L:New York; "
	      "the Hague=L:The Hague; St. Louis=L:St. Louis");
	GIVES("[L North] [L Street] [L the]", "");
}
END_TEST

START_TEST(peoples_of_no_country)
{
	GIVES("[N Western] [N Asian] [N Kurdish] [N Kurds] [N Republicans]",
	      "Kurdish=X:Kurds; Kurds=X:Kurds; Republicans=O:Republican Party");
}
END_TEST

START_TEST(compounds_are_no_names)
{
	GIVES("anti-[X Zopf Kurdish] [X Singapore Asian]", "");
	GIVES("[X Obama-era] [X pro-Russian] [X anti-Semitic] [X New York-based] [X E-Verify]",
	      "E-Verify=X:E-Verify");
}
END_TEST

START_TEST(the_better_supported_kind)
{
	GIVES("[O Zopf] [P Zopf #40] [O Zopf]", "Zopf=O:Zopf; Zopf=O:Zopf; Zopf=O:Zopf");
	GIVES("[O Zopf #30] [X Zopf] [X Zopf]", "Zopf=X:Zopf; Zopf=X:Zopf; Zopf=X:Zopf");
	GIVES("[P Ada Lund] left. [O Lund] said.", "Ada Lund=P:Ada Lund; Lund=P:Ada Lund");
}
END_TEST

START_TEST(what_is_hardly_believed)
{
	GIVES("[X Zopf #20] and [L Rotterdam #20]", "Rotterdam=L:Rotterdam");
	GIVES("[X Zopf #20] and [X Zopf #20]", "Zopf=X:Zopf; Zopf=X:Zopf");
	GIVES("[P Bill Zopf #20] and [P Blorb Zopf #20]", "Bill Zopf=P:Bill Zopf");
}
END_TEST

START_TEST(who_took_the_picture)
{
	GIVES("([P Ada Lund]/[O Reuters]) [P Bo Ek] left.", "Bo Ek=P:Bo Ek");
	GIVES("[O REUTERS]/[P Ada Lund]/File Photo. [O Reuters] said.", "Reuters=O:Reuters");
	GIVES("[P Ada Lund]/[O AFP] via [O Getty Images] [O CNN]", "CNN=O:CNN");
	GIVES("[P Ada Lund] | [O Getty Images]", "");
	GIVES("[P Ada Lund] | [O Bloomberg] | [O Getty Images] [O CNN]", "CNN=O:CNN");
	GIVES("Photo by Zopf via [O Getty Images]. Photo: [O Getty]", "");
	GIVES("(Zopf/[O Getty Images]) and [O Getty Images] said", "Getty Images=O:Getty Images");
	GIVES("[O Jonathan Lund]/[O Getty Images]", "");
	GIVES("[O Reuters]/[O Ipsos] and [O Washington Post]/[O ABC News]",
	      "Reuters=O:Reuters; Ipsos=O:Ipsos; Washington Post=O:Washington Post; "
	      "ABC News=O:ABC");
	GIVES("[P Ada Lund]/[O Getty Images Zopf], [P Ada Lund]/[O Reuters Zopf]", "");
	GIVES("[P Ada Lund]/[O Zopf Motor], [P Bo Ek] | [O CNN]",
	      "Ada Lund=P:Ada Lund; Zopf Motor=O:Zopf Motor; Bo Ek=P:Bo Ek; CNN=O:CNN");
	GIVES("([P Ada Lund]/[O Zopf Post]), Photo: [P Ada Lund]/[O Zopf Post]", "");
	GIVES("([P Ada Lund]/[O Zopf Motor] won", "Ada Lund=P:Ada Lund; Zopf Motor=O:Zopf Motor");
	GIVES("[P Ada Lund]/[O Zopf Post]/File, [P Ada Lund]/[O Zopf Post] via [O Getty Images]", "");
	GIVES("[P Ada Lund]/[O Labour Party], [P Ada Lund], [O Reuters]",
	      "Ada Lund=P:Ada Lund; Labour Party=O:Labour Party; Ada Lund=P:Ada Lund; "
	      "Reuters=O:Reuters");
}
END_TEST

START_TEST(links_that_repeat_a_name)
{
	GIVES("[P Charles Schumer] Charles (Chuck) [X Ellis SchumerOvernight Health Care]",
	      "Charles Schumer=P:Chuck Schumer; Schumer=P:Chuck Schumer");
	GIVES("[P Ada Zopf] Ada Eve [L Rut ZopfHillicon Valley]",
	      "Ada Zopf=P:Ada Zopf; Zopf=P:Ada Zopf");
	GIVES("[P Lamar Zopf Andrew] (Lamar), [P Ada Eve Lund] (Eve) and [P Bo Ek] (Bo)",
	      "Lamar Zopf=P:Lamar Zopf; Ada Eve Lund=P:Ada Eve Lund; Bo Ek=P:Bo Ek");
	GIVES("[P Lamar Zopf] Andrew (Lamar) [P Lamar ZopfOvernight]",
	      "Lamar Zopf=P:Lamar Zopf; Lamar Zopf=P:Lamar Zopf");
	GIVES("[X Microsoft PowerPoint]", "Microsoft PowerPoint=X:Microsoft PowerPoint");
	GIVES("[P Ada Lund Lund], [P Bo Ek Bo] and [P Bo Ek]. [P Ada Lund]",
	      "Ada Lund=P:Ada Lund; Bo Ek=P:Bo Ek; Bo Ek=P:Bo Ek; Ada Lund=P:Ada Lund");
	GIVES("Bo Ek [P Bo Ek Bo]", "Bo Ek=P:Bo Ek");
	GIVES("[P Bo Ek Bo] (Bobo) EkOvernight", "Bo Ek=P:Bo Ek");
	GIVES("[P Lund Lund]", "Lund Lund=P:Lund Lund");
	GIVES("[P Ford Madox Ford], [P Ali Bo Ali]",
	      "Ford Madox Ford=P:Ford Madox Ford; Ali Bo Ali=P:Ali Bo Ali");
}
END_TEST

START_TEST(companies_by_what_stands_behind)
{
	GIVES("[X American Zopf] <AZ> and [X American Zopf]",
	      "American Zopf=O:American Zopf; American Zopf=O:American Zopf");
	GIVES("[X American Zopf Inc] said.", "American Zopf Inc=O:American Zopf");
	GIVES("[X American Zopf] <B and", "American Zopf=X:American Zopf");
	GIVES("[O International Zopf Homes], [X International Zopf]",
	      "International Zopf Homes=O:International Zopf Homes; "
	      "International Zopf=O:International Zopf Homes");
}
END_TEST

START_TEST(laws_and_committees_without_their_last_word)
{
	GIVES("[P Zopf Lund Treaty] and [O Zopf Lund]",
	      "Zopf Lund Treaty=P:Zopf Lund Treaty; Zopf Lund=O:Zopf Lund");
	GIVES("[X Zopf-Lund Act] and [X Zopf-Lund]",
	      "Zopf-Lund Act=X:Zopf-Lund Act; Zopf-Lund=X:Zopf-Lund Act");
	GIVES("[O House Zopf Committee] and [O House Zopf]",
	      "House Zopf Committee=O:House Zopf Committee; House Zopf=O:House Zopf Committee");
	GIVES("[O Zopf University Press] and [O Zopf University]",
	      "Zopf University Press=O:Zopf University Press; Zopf University=O:Zopf University");
}
END_TEST

START_TEST(sites_are_organisations)
{
	GIVES("[P Data.gov] and [L Zopf.com Apps]",
	      "Data.gov=O:Data.gov; Zopf.com Apps=O:Zopf.com Apps");
	GIVES("[P Ada .compton]", "Ada .compton=P:Ada .compton");
}
END_TEST

START_TEST(bodies_of_the_united_states)
{
	GIVES("[O U.S. General Services Administration]",
	      "U.S. General Services Administration=O:General Services Administration");
	GIVES("[O U.S. Zopf], [O US Steel]", "U.S. Zopf=O:U.S. Zopf; US Steel=O:US Steel");
}
END_TEST

START_TEST(kinds_that_lists_know_better)
{
	GIVES("[O Elon Musk] and [X Elon Musk]", "Elon Musk=P:Elon Musk; Elon Musk=P:Elon Musk");
	GIVES("[O Rush Limbaugh]", "Rush Limbaugh=P:Rush Limbaugh");
	GIVES("[O Goldman Sachs]", "Goldman Sachs=O:Goldman Sachs");
	GIVES("[X France]", "France=L:France");
	GIVES("[P Zopfism] and [P Prism]", "Zopfism=X:Zopfism; Prism=P:Prism");
}
END_TEST

START_TEST(headlines_and_letters)
{
	GIVES("[X Senate Bill] 404, [X Hill's Morning Report], [X Trojan] horse, [L Hillicon Valley]",
	      "");
	GIVES("[O UX] and [X KPI] and [P Api]", "");
	GIVES("[X U.S. ZOPF #90] RISES", "");
	GIVES("The [X U.S. Zopf #60] rises", "");
	GIVES("The [X U.S. Zopf #90] rises", "U.S. Zopf=X:U.S. Zopf");
	GIVES("[X SIOUX #34] FALLS HOGS UP", "");
	GIVES("[X ZQF #58] rates, [X ZQF #55]", "");
	GIVES("[X ZQF #70] rates", "ZQF=X:ZQF");
}
END_TEST

/* Only one of two brackets, or a sentence that begins without a blank. */
START_TEST(marks_inside_somebodys_name)
{
	GIVES("([P Barack) Obama] left.", "Barack) Obama=P:Barack Obama");
	GIVES("Mr [P (Ada) Lund] left.", "Ada) Lund=P:Ada Lund");
	GIVES("[P Ada Lund (R.], a friend, left.", "Ada Lund=P:Ada Lund");
	GIVES("[P Donbas.What Lund] left.", "Lund=P:Lund");
	GIVES("[P Ada Lund.What] left.", "Ada Lund=P:Ada Lund");
	GIVES("[P Lund says.Ada Lund] left.", "Lund=P:Lund");
	GIVES("[P J.R.Lund] left.", "J.R.Lund=P:J.R.Lund");
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("resolving");
	TCase *tests = tcase_create("all");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, surnames_mean_the_full_name);
	tcase_add_test(tests, of_two_the_nearest_before_is_meant);
	tcase_add_test(tests, first_names_alone);
	tcase_add_test(tests, couples_are_two);
	tcase_add_test(tests, titles_are_no_part_of_names);
	tcase_add_test(tests, particles_and_nicknames);
	tcase_add_test(tests, short_first_names_are_one_person);
	tcase_add_test(tests, capitals_are_undone);
	tcase_add_test(tests, words_that_lost_their_blank);
	tcase_add_test(tests, acronyms_mean_what_is_spelled_out);
	tcase_add_test(tests, well_known_acronyms_unless_the_article_spells_another);
	tcase_add_test(tests, forms_of_companies_are_left_out);
	tcase_add_test(tests, short_names_of_organisations);
	tcase_add_test(tests, what_is_no_organisation);
	tcase_add_test(tests, what_is_nothing);
	tcase_add_test(tests, several_are_called_as_one);
	tcase_add_test(tests, parties_of_cases_are_nobody);
	tcase_add_test(tests, towns_are_nobody);
	tcase_add_test(tests, initials_are_a_persons);
	tcase_add_test(tests, places_have_one_name);
	tcase_add_test(tests, peoples_of_no_country);
	tcase_add_test(tests, compounds_are_no_names);
	tcase_add_test(tests, the_better_supported_kind);
	tcase_add_test(tests, what_is_hardly_believed);
	tcase_add_test(tests, who_took_the_picture);
	tcase_add_test(tests, links_that_repeat_a_name);
	tcase_add_test(tests, companies_by_what_stands_behind);
	tcase_add_test(tests, laws_and_committees_without_their_last_word);
	tcase_add_test(tests, sites_are_organisations);
	tcase_add_test(tests, bodies_of_the_united_states);
	tcase_add_test(tests, kinds_that_lists_know_better);
	tcase_add_test(tests, headlines_and_letters);
	tcase_add_test(tests, marks_inside_somebodys_name);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
