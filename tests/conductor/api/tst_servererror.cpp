// The meaning of a server's answer: its status codes lie, so status and body decide together.
#include "conductor/api/servererror.h"

#include <QJsonObject>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;

class TestServerError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decidesTheKind_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<Error::Kind>("kind");
        QTest::addColumn<bool>("transient");

        QTest::newRow("unknown id") << 404 << QByteArray("No such workflow found by id: x") << Error::Kind::NotFound << false;
        QTest::newRow("retry of a running one is 404") << 404 << QByteArray("Workflow is still running.  status=RUNNING") << Error::Kind::Conflict << false;
        QTest::newRow("resume of a running one is 500")
            << 500 << QByteArray("The workflow x is not PAUSED so cannot resume. Current status is RUNNING") << Error::Kind::Conflict << false;
        QTest::newRow("bad JSON is 500") << 500 << QByteArray("JSON parse error: Unexpected character") << Error::Kind::Validation << false;
        QTest::newRow("deleting an unknown definition is 500") << 500 << QByteArray("No such workflow definition: d1 version: 9") << Error::Kind::NotFound << false;
        QTest::newRow("exists") << 409 << QByteArray("Workflow with d1.1 already exists!") << Error::Kind::Conflict << false;
        QTest::newRow("busy database is 500") << 500 << QByteArray("[SQLITE_BUSY] The database file is locked (database is locked)") << Error::Kind::Server << true;
        QTest::newRow("gateway") << 503 << QByteArray("x") << Error::Kind::Server << true;
        QTest::newRow("too many") << 429 << QByteArray("x") << Error::Kind::Server << true;
        QTest::newRow("real failure") << 500 << QByteArray("value") << Error::Kind::Server << false;
        QTest::newRow("denied") << 403 << QByteArray("no") << Error::Kind::Auth << false;
    }

    void decidesTheKind()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, message);
        const Result<QJsonValue> meaning
            = meaningOf({status, "application/json", "{\"status\":" + QByteArray::number(status) + ",\"message\":\"" + message + "\",\"instance\":\"vm\"}"});
        QVERIFY(!meaning);
        QTEST(meaning.error().kind, "kind");
        QTEST(meaning.error().transient, "transient");
        QCOMPARE(meaning.error().message, QString::fromUtf8(message));
        QCOMPARE(meaning.error().httpStatus, status);
    }

    void aWebPageIsNotAnAnswer()
    {
        const Result<QJsonValue> meaning = meaningOf({200, "text/html", "<!doctype html><html>"});
        QVERIFY(!meaning);
        QCOMPARE(meaning.error().kind, Error::Kind::Protocol);
        QVERIFY(meaning.error().hint.contains(u"/api"));
    }

    void listsProblemsInAFixedOrderWithoutJava()
    {
        const QByteArray body = R"({"status":400,"message":"Validation failed, check below errors for detail.","validationErrors":[
            {"path":"registerWorkflowDef.arg0.tasks[1].name","message":"WorkflowTask name cannot be empty or null"},
            {"path":"registerWorkflowDef.arg0","message":"Another"}]})";
        const Result<QJsonValue> meaning = meaningOf({400, "application/json", body});
        QCOMPARE(meaning.error().kind, Error::Kind::Validation);
        QCOMPARE(meaning.error().message, u"Another; tasks[1].name: WorkflowTask name cannot be empty or null"_s);
    }

    void readsValues()
    {
        QCOMPARE(meaningOf({200, "text/plain;charset=UTF-8", "3.32.3"})->toString(), u"3.32.3"_s);
        QCOMPARE(meaningOf({200, "application/json", "12"})->toInt(), 12);
        QCOMPARE(meaningOf({200, "application/json", "true"})->toBool(), true);
        QVERIFY(meaningOf({204, "", ""})->isNull());
        QCOMPARE((*meaningOf({200, "application/json", "{\"a\":1}"}))[u"a"].toInt(), 1);
    }

    void brokenJsonIsAnError()
    {
        QCOMPARE(meaningOf({200, "application/json", "{\"a\":"}).error().kind, Error::Kind::Protocol);
    }

    void redirectsAreNotFollowed()
    {
        QCOMPARE(meaningOf({302, "text/html", ""}).error().kind, Error::Kind::Protocol);
    }

    void tokenCodesLead()
    {
        const Result<QJsonValue> meaning = meaningOf({401, "application/json", R"({"error":"EXPIRED_TOKEN","message":"token is old"})"});
        QCOMPARE(meaning.error().kind, Error::Kind::Auth);
        QCOMPARE(meaning.error().message, u"EXPIRED_TOKEN: token is old"_s);
    }
};

QTEST_GUILESS_MAIN(TestServerError)
#include "tst_servererror.moc"
