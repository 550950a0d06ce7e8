// A session as a story: one sentence for each thing a client did, repeats told once, trouble named, and nothing of a client's words
// that acts as markup.
#include "app/activity/sessionstory.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using app::SessionStory;
using mcp::AuditEntry;

class TestSessionStory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatWasDoneInItsOrder()
    {
        const SessionStory story = SessionStory::of(told({call(u"conductor_search_workflows"_s, u"{\"query\":\"status:failed\"}"_s),
                                                          call(u"conductor_get_workflow_status"_s, u"{\"workflow_ids\":[\"r1\"]}"_s),
                                                          call(u"conductor_get_workflow_status"_s, u"{\"workflow_ids\":[\"r1\"]}"_s),
                                                          call(u"conductor_recover_workflow"_s, u"{\"workflow_ids\":[\"r1\"]}"_s, u"refused"_s, u"read only"_s, u"change"_s)}));
        QCOMPARE(story.client, u"claude-code 2.1"_s);
        QCOMPARE(story.server, u"local"_s);
        QCOMPARE(story.calls, 4);
        QCOMPARE(story.failed, 1);
        QCOMPARE(story.lines.size(), 3u);
        QCOMPARE(story.lines[0].text, u"searched the runs for status:failed"_s);
        QCOMPARE(story.lines[1].text, u"looked at the run r1 (2 times)"_s);
        QCOMPARE(story.lines[2].text, u"retried r1"_s);
        QCOMPARE(story.lines[2].trouble, u"refused: read only"_s);
        QVERIFY(story.lines[2].changes && !story.lines[1].changes);
        QVERIFY(story.lineText(story.lines[2]).endsWith(u"retried r1 — refused: read only"_s));
        QVERIFY(story.lineText(story.lines[2]).contains(u"not done: retried r1"_s)); // nobody takes it for done
        QVERIFY(story.summary().endsWith(u"Calls: 4, of them not done: 1."_s));
    }

    void namesUnknownToolsAndManyThings()
    {
        const SessionStory story = SessionStory::of(told({call(u"somebody_elses"_s, u"{}"_s), call(u"conductor_pause_workflow"_s, u"{\"workflow_ids\":[\"a\",\"b\",\"c\",\"d\",\"e\"]}"_s),
                                                          call(u"conductor_execute_workflow"_s, u"cut… (9 more characters)"_s)}));
        QCOMPARE(story.lines[0].text, u"called somebody_elses"_s);
        QCOMPARE(story.lines[1].text, u"paused a, b, c and 2 more"_s);
        QCOMPARE(story.lines[2].text, u"started a workflow"_s);
    }

    void isCappedAndSaysSo()
    {
        std::vector<AuditEntry> calls;
        for (int i = 0; i < int(SessionStory::mostLines) + 7; ++i)
            calls.push_back(call(u"conductor_get_workflow_metadata"_s, u"{\"name\":\"w%1\"}"_s.arg(i)));
        const SessionStory story = SessionStory::of(told(calls));
        QCOMPARE(story.lines.size(), SessionStory::mostLines);
        QCOMPARE(story.leftOut, 7);
        QVERIFY(story.markdown().contains(u"left out: 7"_s));
    }

    void markupOfAClientIsEscaped()
    {
        AuditEntry hostile = call(u"conductor_execute_workflow"_s, u"{\"name\":\"[x](http://evil)\\n# <b>*\\u202e\"}"_s, u"error"_s, u"`rm` |\n- item"_s, u"add"_s);
        hostile.client = u"# <script>"_s;
        const QString text = SessionStory::of({hostile}).markdown();
        QVERIFY2(text.startsWith(u"# \\# \\<script\\> 2.1 on local\n"), qPrintable(text));
        QVERIFY(text.contains(u"\\[x\\](http://evil)"));
        QVERIFY(text.contains(u"\\`rm\\` \\|"));
        QVERIFY(!text.contains(QChar(0x202e)));
        QCOMPARE(text.count(u"\n- "), 1);
    }

    void nothingIsNothing()
    {
        QVERIFY(SessionStory::of({}).lines.empty());
    }

private:
    static AuditEntry call(const QString &tool, const QString &arguments, const QString &outcome = u"ok"_s, const QString &detail = {}, const QString &effect = u"read"_s)
    {
        AuditEntry entry;
        entry.time = 1'790'000'000'000;
        entry.client = u"claude-code"_s;
        entry.clientVersion = u"2.1"_s;
        entry.profile = u"local"_s;
        entry.tool = tool;
        entry.arguments = arguments;
        entry.effect = effect;
        entry.outcome = outcome;
        entry.detail = detail;
        return entry;
    }

    static std::vector<AuditEntry> told(std::vector<AuditEntry> inOrder) // as it is read: newest first
    {
        std::reverse(inOrder.begin(), inOrder.end());
        return inOrder;
    }
};

QTEST_APPLESS_MAIN(TestSessionStory)
#include "tst_sessionstory.moc"
