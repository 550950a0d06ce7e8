// The suggestion of what would be enough for a client: exactly what it used, by toolsets where all of one was used, read only where
// it only read; and nothing for what does not exist.
#include "mcp/policy/leastprivilege.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestLeastPrivilege : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isWhatWasUsed()
    {
        Usage usage;
        usage.add(u"search"_s, Effect::Kind::Read);
        usage.add(u"search"_s, Effect::Kind::Read);
        usage.add(u"status"_s, Effect::Kind::Read);
        QCOMPARE(usage.calls(), 3);
        const Suggestion suggestion = suggestionFor(usage, existing);
        QCOMPARE(suggestion.tools, (QStringList{u"status"_s, u"search"_s})); // in the order tools are told in
        QCOMPARE(suggestion.unused, (QStringList{u"start"_s, u"invoke"_s}));
        QCOMPARE(flagsOf(suggestion), u"--tools status,search --read-only"_s);
    }

    void aToolThatChangedSomethingEndsReadOnly()
    {
        Usage usage;
        usage.add(u"invoke"_s, Effect::Kind::Read);
        QVERIFY(suggestionFor(usage, existing).readOnly);
        usage.add(u"invoke"_s, Effect::Kind::Destroy);
        usage.add(u"invoke"_s, Effect::Kind::Add);
        QCOMPARE(usage.highest(), Effect::Kind::Destroy);
        QCOMPARE(flagsOf(suggestionFor(usage, existing)), u"--tools invoke"_s);
    }

    void toolsetsStandForAllTheirTools()
    {
        Usage usage;
        for (const QString &tool : {u"status"_s, u"search"_s, u"start"_s})
            usage.add(tool, tool == u"start" ? Effect::Kind::Add : Effect::Kind::Read);
        const std::vector<NamedTools> toolsets{{u"execution"_s, {u"status"_s, u"search"_s}}, {u"api"_s, {u"start"_s, u"invoke"_s}}, {u"none"_s, {}}};
        const Suggestion suggestion = suggestionFor(usage, existing, toolsets);
        QCOMPARE(flagsOf(suggestion), u"--toolsets execution --tools start"_s);
    }

    void whatDoesNotExistIsNotAllowed()
    {
        Usage usage;
        usage.add(u"gone"_s, Effect::Kind::Destroy);
        QCOMPARE(flagsOf(suggestionFor(usage, existing)), QString());
        usage.add(u"status"_s, Effect::Kind::Read);
        QCOMPARE(flagsOf(suggestionFor(usage, existing)), u"--tools status --read-only"_s);
        QCOMPARE(suggestionFor({}, existing).unused, existing);
    }

private:
    const QStringList existing{u"status"_s, u"search"_s, u"start"_s, u"invoke"_s};
};

QTEST_APPLESS_MAIN(TestLeastPrivilege)
#include "tst_leastprivilege.moc"
