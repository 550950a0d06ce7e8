// What the person at the desk decides goes to the call it was about and to no other: grants for a while, tickets once, and nothing
// after its time or after the one who asked has gone.
#include "mcp/host/approvals.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace mcp;

class TestApprovals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        now = QDateTime::fromString(u"2026-11-24T10:00:00Z"_s, Qt::ISODate);
        decided.clear();
        approvals = std::make_unique<Approvals>([this] { return now; });
        last = {};
        connect(approvals.get(), &Approvals::changed, this, [this](const Approval &approval) { last = approval; });
    }

    void aPersonDecides()
    {
        ask(1);
        QCOMPARE(last.state, Approval::State::Waiting);
        QCOMPARE(last.until, now.addSecs(45));
        approvals->choose(last.id, Approvals::Choice::AllowOnce);
        QCOMPARE(decided, QStringList{u"1 allow"_s});
        approvals->choose(last.id, Approvals::Choice::Deny); // it is decided
        QCOMPARE(decided.size(), 1);
        ask(2); // the same call again
        approvals->choose(last.id, Approvals::Choice::Deny);
        QCOMPARE(decided.last(), u"2 deny"_s);
    }

    void aGrantCoversTheToolOfTheClientForAWhile()
    {
        ask(1);
        const QString first = last.id;
        ask(2, u"b"_s); // waits as well
        approvals->choose(first, Approvals::Choice::AllowForAWhile);
        QCOMPARE(decided, QStringList({u"1 allow"_s, u"2 allow"_s}));
        ask(3, u"c"_s);
        QCOMPARE(decided.size(), 3);
        ask(4, u"c"_s, u"another client"_s);
        ask(5, u"c"_s, u"claude"_s, u"conductor_recover_workflow"_s);
        ask(6, u"c"_s, u"claude"_s, u"conductor_terminate_workflow"_s, u"another profile"_s);
        QCOMPARE(decided.size(), 3);
        QCOMPARE(approvals->grants().size(), 1);
        now = now.addSecs(15 * 60);
        ask(7);
        QCOMPARE(decided.size(), 3);
        QCOMPARE(approvals->grants().size(), 0);
    }

    void grantsCanBeEnded()
    {
        ask(1);
        approvals->choose(last.id, Approvals::Choice::AllowForAWhile);
        approvals->endGrants();
        ask(2);
        QCOMPARE(decided.size(), 1);
    }

    void aLateYesIsATicketForThatCallOnce()
    {
        ask(1);
        approvals->withdraw({u"s1"_s, 7, 1}, true);
        QCOMPARE(last.state, Approval::State::Expired);
        approvals->choose(last.id, Approvals::Choice::AllowOnce);
        QCOMPARE(last.state, Approval::State::Reserved);
        QCOMPARE(decided.size(), 0); // the call is over
        ask(2, u"other arguments"_s);
        QCOMPARE(decided.size(), 0);
        ask(3);
        QCOMPARE(decided, QStringList{u"3 allow"_s});
        ask(4);
        QCOMPARE(decided.size(), 1); // once
    }

    void aTicketEnds()
    {
        ask(1);
        approvals->withdraw({u"s1"_s, 7, 1}, true);
        approvals->choose(last.id, Approvals::Choice::AllowOnce);
        now = now.addSecs(10 * 60);
        ask(2);
        QCOMPARE(decided.size(), 0);
    }

    void aYesThatCrossedTheEndOfItsCallIsATicket()
    {
        ask(1);
        approvals->choose(last.id, Approvals::Choice::AllowOnce);
        approvals->withdraw({u"s1"_s, 7, 1}, true);
        QCOMPARE(last.state, Approval::State::Reserved);
        ask(2);
        QCOMPARE(decided, QStringList({u"1 allow"_s, u"2 allow"_s}));
    }

    void whatWasCancelledCannotBeAllowed()
    {
        ask(1);
        approvals->withdraw({u"s1"_s, 7, 1}, false);
        QCOMPARE(last.state, Approval::State::Withdrawn);
        approvals->choose(last.id, Approvals::Choice::AllowOnce);
        ask(2);
        approvals->leave(7);
        QCOMPARE(last.state, Approval::State::Withdrawn);
        approvals->choose(last.id, Approvals::Choice::AllowOnce);
        QCOMPARE(decided.size(), 0);
        ask(3);
        QCOMPARE(decided.size(), 0);
    }

    void theQuestionsOfServersAfterEachOtherAreNotMixed()
    {
        ask(1);
        const QString first = last.id;
        approvals->leave(7);
        approvals->ask({u"s1"_s, 8, 1}, request(u"b"_s), [this](Decision) { decided << u"the second server's"_s; });
        const QString second = last.id;
        approvals->withdraw({u"s1"_s, 7, 1}, true); // late, of the first
        approvals->choose(first, Approvals::Choice::AllowOnce);
        QCOMPARE(decided.size(), 0);
        approvals->choose(second, Approvals::Choice::AllowOnce);
        QCOMPARE(decided, QStringList{u"the second server's"_s});
    }

    void aFloodIsDenied()
    {
        for (quint64 number = 1; number <= quint64(Approvals::mostWaiting); ++number)
            ask(number, QString::number(number));
        QCOMPARE(decided.size(), 0);
        ask(999, u"one more"_s);
        QCOMPARE(decided, QStringList{u"999 deny"_s});
    }

private:
    static ApprovalRequest request(const QString &digest, const QString &client = u"claude"_s, const QString &tool = u"conductor_terminate_workflow"_s,
                                   const QString &profile = u"shop"_s)
    {
        return {.client = client, .profile = profile, .tool = tool, .digest = digest, .patience = 45s};
    }

    void ask(quint64 number, const QString &digest = u"a"_s, const QString &client = u"claude"_s, const QString &tool = u"conductor_terminate_workflow"_s,
             const QString &profile = u"shop"_s)
    {
        approvals->ask({u"s1"_s, 7, number}, request(digest, client, tool, profile), [this, number](Decision decision) { decided << u"%1 %2"_s.arg(number).arg(word(decision)); });
    }

    QDateTime now;
    std::unique_ptr<Approvals> approvals;
    Approval last;
    QStringList decided;
};

QTEST_GUILESS_MAIN(TestApprovals)
#include "tst_approvals.moc"
