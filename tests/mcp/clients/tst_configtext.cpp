// Edits in configuration texts touch our entry alone: fields that a client or a person added stay, so do comments and indentation
// around it, and texts that are written in a way we do not edit are refused with their place.
#include "mcp/clients/configtext.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace mcp;

namespace {

const EntryPlace json{EntryPlace::Format::Json, {u"mcpServers"_s}, false, u"conductor"_s};
const EntryPlace toml{EntryPlace::Format::Toml, {u"mcp_servers"_s}, false, u"conductor"_s};
const EntryPlace yaml{EntryPlace::Format::Yaml, {u"extensions"_s}, false, u"conductor"_s};
const EntryPlace yamlList{EntryPlace::Format::Yaml, {u"mcpServers"_s}, true, u"conductor"_s};

std::vector<JsonNode> fields(const QByteArray &text)
{
    const Result<JsonNode> node = readJson(text);
    return node ? node->children : std::vector<JsonNode>();
}

} // namespace

Q_DECLARE_METATYPE(mcp::EntryPlace)

class TestConfigText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changes_data()
    {
        QTest::addColumn<EntryPlace>("place");
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("json") << json << QByteArray("{\n  \"mcpServers\": {\n    \"conductor\": {\n      \"command\": \"/old\", // ours\n      \"env\": {\"A\": \"b\"},\n      \"disabled\": true,\n      \"url\": \"x\"\n    }\n  }\n}\n")
                              << QByteArray("{\n  \"mcpServers\": {\n    \"conductor\": {\n      \"command\": \"/new\", // ours\n      \"env\": {\"A\": \"b\"},\n      \"disabled\": true,\n      \"args\": [\"a\"]\n    }\n  }\n}\n");
        QTest::newRow("json on one line") << json << QByteArray(R"({"mcpServers":{"conductor":{"url":"x","command":"/old"}}})")
                                          << QByteArray(R"({"mcpServers":{"conductor":{"command":"/new", "args": ["a"]}}})");
        QTest::newRow("toml") << toml << QByteArray("[mcp_servers.conductor] # ours\ncommand = \"/old\" # here\nurl = \"x\"\nenabled = true\n\n[mcp_servers.conductor.env]\nA = \"b\"\n\n[x]\n")
                              << QByteArray("[mcp_servers.conductor] # ours\ncommand = \"/new\" # here\nenabled = true\nargs = [\"a\"]\n\n[mcp_servers.conductor.env]\nA = \"b\"\n\n[x]\n");
        QTest::newRow("toml inline") << toml << QByteArray("[mcp_servers]\nconductor = { command = \"/old\", enabled = true }\n")
                                     << QByteArray("[mcp_servers]\nconductor = { args = [\"a\"], command = \"/new\", enabled = true }\n");
        QTest::newRow("yaml") << yaml << QByteArray("extensions:\n  conductor:\n    # mine\n    command: /old\n    enabled: true\n    url: x\n  other:\n    cmd: y\n")
                              << QByteArray("extensions:\n  conductor:\n    # mine\n    command: /new\n    enabled: true\n    args: [\"a\"]\n  other:\n    cmd: y\n");
        QTest::newRow("yaml list") << yamlList << QByteArray("mcpServers:\n  - url: x2\n    name: other\n  - name: conductor\n    command: /old\n    args:\n      - b\n    url: x\n# end\n")
                                   << QByteArray("mcpServers:\n  - url: x2\n    name: other\n  - name: conductor\n    command: /new\n    args: [\"a\"]\n# end\n");
    }

    void changes()
    {
        QFETCH(EntryPlace, place);
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        const Result<QByteArray> changed = withEntry(before, place, fields(R"({"command": "/new", "args": ["a"]})"), {u"url"_s});
        QVERIFY2(changed, changed ? "" : qPrintable(changed.error().message));
        QCOMPARE(*changed, after);
    }

    void removes_data()
    {
        QTest::addColumn<EntryPlace>("place");
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("the first") << json << QByteArray("{\"mcpServers\": {\n  \"conductor\": {},\n  \"b\": {} // b\n}}") << QByteArray("{\"mcpServers\": {\n  \"b\": {} // b\n}}");
        QTest::newRow("the last") << json << QByteArray("{\"mcpServers\": {\n  \"a\": {}, // a\n  \"conductor\": {}\n}}") << QByteArray("{\"mcpServers\": {\n  \"a\": {} // a\n}}");
        QTest::newRow("between, on one line") << json << QByteArray(R"({"mcpServers": {"a": {}, "conductor": {}, "b": {}}})") << QByteArray(R"({"mcpServers": {"a": {}, "b": {}}})");
        QTest::newRow("the last on one line") << json << QByteArray(R"({"mcpServers": {"a": {}, "conductor": {}}})") << QByteArray(R"({"mcpServers": {"a": {}}})");
        QTest::newRow("the only one") << json << QByteArray("{\"mcpServers\": {\n  \"conductor\": {}\n}}") << QByteArray("{\"mcpServers\": {}}");
        QTest::newRow("twice") << json << QByteArray("{\"mcpServers\": {\n  \"conductor\": 1,\n  \"conductor\": {}\n}}") << QByteArray("{\"mcpServers\": {}}");
        QTest::newRow("a comment before its comma") << json << QByteArray("{\"mcpServers\": {\"conductor\": {} /* c */, \"b\": 1}}") << QByteArray("{\"mcpServers\": {/* c */ \"b\": 1}}");
        QTest::newRow("toml with tables below") << toml << QByteArray("a = 1\n\n[mcp_servers.conductor]\ncommand = \"x\"\nargs = [\n  \"y\",\n]\n\n[mcp_servers.conductor.env]\nA = \"b\"\n\n# end\n[x]\n")
                                                << QByteArray("a = 1\n\n# end\n[x]\n");
        QTest::newRow("toml inline") << toml << QByteArray("[mcp_servers]\na = {}\nconductor = { command = \"x\" } # ours\nb = {}\n") << QByteArray("[mcp_servers]\na = {}\nb = {}\n");
        QTest::newRow("yaml") << yaml << QByteArray("extensions:\n  conductor:\n    cmd: x\n    args:\n    - y\n\n  # b\n  b: {}\n") << QByteArray("extensions:\n\n  # b\n  b: {}\n");
        QTest::newRow("yaml, the only one") << yaml << QByteArray("extensions: # all\n  conductor:\n    cmd: x\nb: 1\n") << QByteArray("extensions: {} # all\nb: 1\n");
        QTest::newRow("yaml list") << yamlList << QByteArray("mcpServers:\n- name: a\n- name: conductor\n  command: x\n- name: b\n") << QByteArray("mcpServers:\n- name: a\n- name: b\n");
    }

    void removes()
    {
        QFETCH(EntryPlace, place);
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        const Result<QByteArray> removed = withoutEntry(before, place);
        QVERIFY2(removed, removed ? "" : qPrintable(removed.error().message));
        QCOMPARE(*removed, after);
    }

    void refuses_data()
    {
        QTest::addColumn<EntryPlace>("place");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("said");
        QTest::newRow("a comma missing") << json << QByteArray("{\n  \"ä\": 1 2\n}") << u"line 2, column 10"_s;
        QTest::newRow("not closed") << json << QByteArray("{\n  \"a\": {") << u"line 2, column 9"_s;
        QTest::newRow("a text over lines") << json << QByteArray("{\"a\": \"b\n\"}") << u"line 1, column 7"_s;
        QTest::newRow("an open comment") << json << QByteArray("{} /* a") << u"line 1, column 4"_s;
        QTest::newRow("more after it") << json << QByteArray("{} {}") << u"line 1, column 4"_s;
        QTest::newRow("no UTF-8") << json << QByteArray("{\"a\": \"\xff\"}") << u"line 1, column 7"_s;
        QTest::newRow("a list") << json << QByteArray("[]") << u"line 1, column 1"_s;
        QTest::newRow("servers that are none") << json << QByteArray("{\"mcpServers\": 3}") << u"mcpServers"_s;
        QTest::newRow("deep") << json << QByteArray(5000, '[') << u"nested deeper"_s;
        QTest::newRow("toml") << toml << QByteArray("a = 1\na = 2\n") << u"line 2"_s;
        QTest::newRow("toml, all inline") << toml << QByteArray("mcp_servers = { a = {} }\n") << u"by hand"_s;
        QTest::newRow("toml, dotted") << toml << QByteArray("[mcp_servers]\nconductor.enabled = true\n") << u"by hand"_s;
        QTest::newRow("yaml") << yaml << QByteArray("a: 1\nb: [1\nc: d\n") << u"line 3"_s;
        QTest::newRow("yaml in one line") << yaml << QByteArray("extensions: {a: {cmd: x}}\n") << u"by hand"_s;
        QTest::newRow("yaml documents") << yaml << QByteArray("a: 1\n---\nb: 2\n") << u"several documents"_s;
        QTest::newRow("yaml list") << yaml << QByteArray("- a\n") << u"map"_s;
    }

    void refuses()
    {
        QFETCH(EntryPlace, place);
        QFETCH(QByteArray, text);
        QFETCH(QString, said);
        const Result<QByteArray> changed = withEntry(text, place, fields(R"({"command": "/new"})"), {});
        QVERIFY2(!changed, changed ? changed->constData() : "");
        QVERIFY2(QString(changed.error().message + changed.error().hint).contains(said), qPrintable(changed.error().message));
    }
};

QTEST_APPLESS_MAIN(TestConfigText)
#include "tst_configtext.moc"
