import java.io.BufferedReader;
import java.io.File;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Validates many files in one process. Reads lines "flavour TAB path"; writes for each "flavour TAB path TAB verdict TAB checks",
 * where the verdict is passed, failed or error, and after a failed one, for every broken rule, a line that begins with a TAB:
 * "TAB rule TAB times TAB what TAB where". Ends with 0 whatever the verdicts are.
 *
 * The veraPDF classes come without the JAXB runtime that reads their profiles, so the profiles are read here.
 */
public final class Vera {
    private static final Map<PDFAFlavour, ValidationProfile> PROFILES = new HashMap<>();

    public static void main(String[] none) throws Exception {
        // The libraries log what they stumble over; the verdict says it as well.
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split("\t", 2);
            out.print(words[0] + "\t" + words[1] + "\t");
            try {
                out.print(verdict(PDFAFlavour.byFlavourId(words[0]), new File(words[1])));
            } catch (Exception wrong) {
                out.print("error\t0\n\t\t0\t" + oneLine(wrong.toString()) + "\t\n");
            }
            out.flush();
        }
    }

    private static String verdict(PDFAFlavour flavour, File file) throws Exception {
        if (!PROFILES.containsKey(flavour)) {
            PROFILES.put(flavour, profile(flavour));
        }
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(PROFILES.get(flavour), false)) {
            ValidationResult result = validator.validate(parser);
            StringBuilder said = new StringBuilder();
            said.append(result.isCompliant() ? "passed" : "failed").append('\t').append(result.getTotalAssertions()).append('\n');
            Map<RuleId, TestAssertion> first = new LinkedHashMap<>();
            for (TestAssertion found : result.getTestAssertions()) {
                if (found.getStatus() == TestAssertion.Status.FAILED) {
                    first.putIfAbsent(found.getRuleId(), found);
                }
            }
            for (Map.Entry<RuleId, TestAssertion> entry : first.entrySet()) {
                RuleId rule = entry.getKey();
                int times = result.getFailedChecks().getOrDefault(rule, 1);
                said.append('\t').append(rule.getClause()).append('-').append(rule.getTestNumber()).append('\t').append(times)
                        .append('\t').append(oneLine(entry.getValue().getMessage()))
                        .append('\t').append(oneLine(entry.getValue().getLocation().getContext())).append('\n');
            }
            return said.toString();
        }
    }

    private static String oneLine(String text) {
        return text == null ? "" : text.replaceAll("\\s+", " ");
    }

    private static ValidationProfile profile(PDFAFlavour flavour) throws Exception {
        String id = flavour.getId();
        String name = id.startsWith("ua") ? "PDFUA-" + id.substring(2) : "PDFA-" + id.toUpperCase();
        try (InputStream in = Foundries.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml")) {
            Document xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
            Set<Rule> rules = new LinkedHashSet<>();
            for (Element rule : all(xml.getDocumentElement(), "rule")) {
                rules.add(rule(rule));
            }
            Set<Variable> variables = new LinkedHashSet<>();
            for (Element variable : all(xml.getDocumentElement(), "variable")) {
                variables.add(Profiles.variableFromValues(variable.getAttribute("name"), variable.getAttribute("object"),
                        text(variable, "defaultValue"), text(variable, "value")));
            }
            return Profiles.profileFromValues(flavour, Profiles.profileDetailsFromValues(name, "", "veraPDF", new Date(0)), "",
                    rules, variables);
        }
    }

    private static Rule rule(Element rule) {
        Element id = all(rule, "id").get(0);
        RuleId identity = Profiles.ruleIdFromValues(PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber")));
        Boolean deferred = rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null;
        String message = text(all(rule, "error").get(0), "message");
        return Profiles.ruleFromValues(identity, rule.getAttribute("object"), deferred, rule.getAttribute("tags"),
                text(rule, "description"), text(rule, "test"), Profiles.errorFromValues(message, Collections.emptyList()),
                Collections.emptyList());
    }

    private static List<Element> all(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static String text(Element parent, String name) {
        List<Element> found = all(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }
}
