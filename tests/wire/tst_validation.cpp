// Our verdict on a definition is the real server's: each recorded case is posted to its validator again. An error of ours is a
// refusal there and the other way round; what we only warn of, it takes. Nothing is stored.
#include "conductor/definition/validator.h"
#include "support/realserver.h"
#include "support/samples.h"

#include <QJsonArray>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using support::settled;

class TestValidation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithTheServer_data()
    {
        QTest::addColumn<QJsonObject>("definition");
        QTest::addColumn<bool>("isRecordedAsRefused");
        for (const QJsonValue &one : support::sample(u"validation.verdicts.json"_s).toArray())
            QTest::newRow(qPrintable(one[u"case"].toString())) << one[u"definition"].toObject() << one[u"refused"].toBool();
    }

    void agreesWithTheServer()
    {
        QFETCH(QJsonObject, definition);
        QFETCH(bool, isRecordedAsRefused);
        const Result<Done> answer = settled(m_client.definitions().validate(definition));
        const QString said = answer ? QString() : answer.error().message;
        // Whatever else may go wrong on the way is no verdict.
        if (!answer)
            QVERIFY2(answer.error().kind == Error::Kind::Validation || answer.error().kind == Error::Kind::Server
                         || answer.error().kind == Error::Kind::Protocol,
                     qPrintable(said));
        const bool isRefusedThere = !answer;
        const std::vector<Problem> problems = validate(definition);
        QVERIFY2(!isRefusedThere || isRefused(problems), qPrintable(u"we let it pass; the server says: "_s + said));
        QVERIFY2(isRefusedThere || !isRefused(problems), qPrintable(u"the server takes it; we say: "_s + (problems.empty() ? QString() : problems[0].message)));
        QCOMPARE(isRefusedThere, isRecordedAsRefused);
    }

    void failingDefinitionsAreTaken()
    {
        const QJsonArray definitions = support::sample(u"failing.definitions.json"_s).toArray();
        QCOMPARE(definitions.size(), 23);
        for (const QJsonValue &json : definitions) {
            const Result<Done> answer = settled(m_client.definitions().validate(json.toObject()));
            QVERIFY2(answer, qPrintable(json[u"name"].toString()));
            QVERIFY2(!isRefused(validate(json.toObject())), qPrintable(json[u"name"].toString()));
        }
    }

    void realDefinitionsAreTaken()
    {
        for (const QString &name : {u"kitchen_sink.definition.json"_s, u"swarm22.definition.json"_s, u"kitchen_sink_child.definition.json"_s,
                                    u"kitchen_sink.definition_stored.json"_s}) {
            QVERIFY2(settled(m_client.definitions().validate(support::sample(name).toObject())), qPrintable(name));
            QVERIFY2(!isRefused(validate(support::sample(name).toObject())), qPrintable(name));
        }
    }

private:
    Client m_client = support::realClient();
};

QTEST_GUILESS_MAIN(TestValidation)
#include "tst_validation.moc"
