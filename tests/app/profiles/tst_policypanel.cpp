// What AI clients may do, set on the servers page: written into the profile as the gate reads it, without touching what it does not
// know, and never changed by scrolling past.
#include "app/profiles/policypanel.h"
#include "support/serverspagefixture.h"

#include <QComboBox>
#include <QScrollArea>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QWheelEvent>

using namespace Qt::StringLiterals;
using mcp::Effect;
using mcp::Policy;
using mcp::Verdict;

class TestPolicyPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_fixture = std::make_unique<support::ServersPageFixture>(std::make_shared<conductor::MemoryStore>(), m_directory->filePath(u"profiles.json"_s));
        m_fixture->add({.name = u"prod"_s,
                        .url = QUrl(u"http://127.0.0.1:1/api"_s),
                        .production = true,
                        .sections = {{Policy::section, QJsonObject{{u"later"_s, 7}, {u"gate"_s, QJsonObject{{u"later"_s, u"x"_s}, {u"patience"_s, QJsonObject{{u"slow"_s, 50}}}}}}}}});
        m_fixture->open();
    }

    void cleanup()
    {
        m_fixture.reset();
        m_directory.reset();
    }

    void writesWhatTheGateReads()
    {
        QCOMPARE(combo(u"Calls that change something"_s)->currentText(), u"Ask, as is usual"_s); // it is production
        choose(u"Calls that change something"_s, u"Allow"_s);
        choose(u"Calls that end or destroy something"_s, u"Deny"_s);
        QTest::mouseClick(m_fixture->box(u"AI clients may only read"_s), Qt::LeftButton, {}, QPoint(8, 8));
        spin().setValue(4);
        Policy now = policy();
        QVERIFY(now.verdict({}, Effect{.kind = Effect::Kind::Change}) == Verdict::Allow);
        QVERIFY(now.verdict({}, Effect{.kind = Effect::Kind::Destroy}) == Verdict::Deny);
        QVERIFY(now.readOnly());
        QCOMPARE(now.rules.freeRuns, 4);
        QCOMPARE(now.rules.patienceFor(u"slow"_s), std::chrono::seconds(50));
        QCOMPARE(section()[u"later"].toInt(), 7); // of a later version
        QCOMPARE(section()[u"gate"][u"later"].toString(), u"x"_s);

        choose(u"Calls that change something"_s, u"Ask, as is usual"_s);
        QVERIFY(!section()[u"gate"].toObject().contains(u"change"_s));
    }

    void offersTools()
    {
        QVERIFY2(m_fixture->says(u"20 tools; a model reads"_s), qPrintable(m_fixture->texts()));
        choose(u"Tools that AI clients are offered"_s, u"Only a few: see and start runs"_s);
        QVERIFY(policy().offers(u"conductor_search_workflows"_s) && !policy().offers(u"conductor_terminate_workflow"_s));
        QVERIFY(m_fixture->says(u"5 tools; a model reads"_s));
        choose(u"Tools that AI clients are offered"_s, u"Chosen ones"_s);
        QVERIFY(!policy().offers(u"conductor_invoke_api_endpoint"_s));
        for (const QString &box : {u"See runs"_s, u"Workflow definitions"_s, u"Tasks and queues"_s, u"Start and steer runs"_s})
            QTest::mouseClick(m_fixture->box(box), Qt::LeftButton, {}, QPoint(8, 8));
        QCOMPARE(policy().allowed.toolsets, QStringList{u"execution"_s}); // the last one stays: none would be all
        QVERIFY(m_fixture->box(u"Start and steer runs"_s)->isChecked());
        choose(u"Tools that AI clients are offered"_s, u"All tools"_s);
        QVERIFY(policy().offers(u"conductor_invoke_api_endpoint"_s));
    }

    void isNotChangedByScrolling()
    {
        const QJsonObject before = section();
        for (QWidget *widget : {static_cast<QWidget *>(combo(u"Calls that end or destroy something"_s)), static_cast<QWidget *>(&spin())}) {
            widget->setFocus();
            QWheelEvent wheel(QPointF(5, 5), widget->mapToGlobal(QPointF(5, 5)), {}, QPoint(0, -120), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
            QApplication::sendEvent(widget, &wheel);
        }
        QCOMPARE(section(), before);
        QCOMPARE(combo(u"Calls that end or destroy something"_s)->currentText(), u"Ask, as is usual"_s);
    }

    void leavesWhatItCannotRead()
    {
        QVERIFY(m_fixture->services.profiles().change(m_fixture->idOf(u"prod"_s), [](conductor::Profile &profile) {
            profile.sections[Policy::section] = QJsonObject{{u"gate"_s, QJsonObject{{u"destroy"_s, u"perhaps"_s}}}};
        }));
        QVERIFY2(m_fixture->says(u"Its rules cannot be read"_s), qPrintable(m_fixture->texts()));
        QVERIFY(!combo(u"Calls that end or destroy something"_s)->isEnabled());
        QCOMPARE(section()[u"gate"][u"destroy"].toString(), u"perhaps"_s);
    }

private:
    QJsonObject section() const { return m_fixture->services.profiles().find(m_fixture->idOf(u"prod"_s))->sections[Policy::section].toObject(); }

    Policy policy() const
    {
        const auto read = Policy::of({}, section(), true);
        if (!read)
            qFatal("%s", qPrintable(read.error().message));
        return *read;
    }

    QComboBox *combo(const QString &name) const
    {
        const auto all = m_fixture->page->findChildren<QComboBox *>();
        for (QComboBox *combo : all) {
            if (combo->accessibleName() == name)
                return combo;
        }
        qFatal("no list %s", qPrintable(name));
    }

    QSpinBox &spin() const { return *m_fixture->page->findChild<app::PolicyPanel *>()->findChild<QSpinBox *>(); }

    // As a person does by keyboard: the list says what was activated.
    void choose(const QString &name, const QString &text) const
    {
        QComboBox *list = combo(name);
        const int index = list->findText(text);
        QVERIFY2(index >= 0, qPrintable(text));
        list->setFocus();
        while (list->currentIndex() != index)
            QTest::keyClick(list, list->currentIndex() < index ? Qt::Key_Down : Qt::Key_Up);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<support::ServersPageFixture> m_fixture;
};

QTEST_MAIN(TestPolicyPanel)
#include "tst_policypanel.moc"
