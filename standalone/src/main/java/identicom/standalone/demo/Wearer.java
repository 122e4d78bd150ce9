package identicom.standalone.demo;

import java.util.List;

/**
 * A made-up person with a unit; the same for the same number at every start.
 *
 * @param name first and last
 * @param phone of the numbers that are kept for drama and never given to anybody
 */
record Wearer(String name, String phone, Site site) {
    private static final List<String> FIRST = List.of(
            "Martin", "Aisha", "Gareth", "Joanne", "Callum", "Priya", "Derek", "Siobhan", "Tomasz", "Helen", "Kwame",
            "Lorna", "Imran", "Beth", "Stuart", "Magda", "Owen", "Yasmin", "Graham", "Ffion", "Neil", "Chidi", "Ruth",
            "Alan", "Nadia", "Craig", "Eilidh", "Paul", "Zofia", "Dennis", "Carys");
    private static final List<String> LAST = List.of(
            "Hughes",
            "Begum",
            "Pritchard",
            "Ashworth",
            "MacLeod",
            "Sharma",
            "Thornton",
            "O'Rourke",
            "Nowak",
            "Barker",
            "Mensah",
            "Fairclough",
            "Hussain",
            "Whitaker",
            "Dodds",
            "Kowalska",
            "Bevan",
            "Rahman",
            "Sutcliffe",
            "Morgan",
            "Lister",
            "Okafor",
            "Hargreaves",
            "Tindall",
            "Farouk",
            "Robson",
            "Fraser",
            "Cartwright",
            "Wilk",
            "Entwistle",
            "Llewellyn",
            "Birch",
            "Stubbs",
            "Kaur",
            "Holroyd",
            "Gill",
            "Marsden");
    private static final int LAST_STEP = 7;
    private static final int SITE_STEP = 5;
    private static final int PHONES = 1_000;
    private static final String PHONE = "+447700900%03d";

    static Wearer of(int number) {
        return new Wearer(
                FIRST.get(number % FIRST.size()) + " " + LAST.get(number * LAST_STEP % LAST.size()),
                PHONE.formatted((number * 37 + 112) % PHONES),
                Site.ALL.get(number * SITE_STEP % Site.ALL.size()));
    }
}
