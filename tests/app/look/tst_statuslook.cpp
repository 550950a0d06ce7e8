// Every state has a glyph and a word of its own within its family: colour alone never says anything.
#include "app/look/icons.h"
#include "app/look/statuslook.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using app::StatusLook;
using app::statusLook;
using conductor::ExecutionStatus;
using conductor::StatusFamily;
using conductor::TaskStatus;

class TestStatusLook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStateHasGlyphAndWord()
    {
        std::vector<StatusLook> looks;
        for (const auto status : {ExecutionStatus::Running, ExecutionStatus::Paused, ExecutionStatus::Completed, ExecutionStatus::Failed, ExecutionStatus::TimedOut,
                                  ExecutionStatus::Terminated, ExecutionStatus::Unknown})
            looks.push_back(statusLook(status));
        compare(looks);
        looks.clear();
        for (const auto status : {TaskStatus::Scheduled, TaskStatus::InProgress, TaskStatus::Completed, TaskStatus::CompletedWithErrors, TaskStatus::Skipped,
                                  TaskStatus::Failed, TaskStatus::FailedWithTerminalError, TaskStatus::TimedOut, TaskStatus::Canceled, TaskStatus::Unknown})
            looks.push_back(statusLook(status));
        looks.push_back(app::waitsForYou(u"Waits for you"_s));
        compare(looks);
    }

    void saysTheWordOfALaterServer()
    {
        const StatusLook look = statusLook(ExecutionStatus::Unknown, u"HIBERNATING\u202E"_s);
        QVERIFY(look.word.startsWith(u"HIBERNATING"_s));
        QVERIFY(!look.word.contains(u'\u202E'));
        QCOMPARE(look.family, StatusFamily::Quiet);
    }

private:
    static void compare(const std::vector<StatusLook> &looks)
    {
        QSet<QString> words;
        QSet<QString> glyphsInFamilies;
        for (const StatusLook &look : looks) {
            QVERIFY2(app::hasIcon(look.glyph), qPrintable(look.glyph));
            QVERIFY(!look.word.isEmpty());
            words << look.word;
            glyphsInFamilies << u"%1/%2"_s.arg(int(look.family)).arg(look.glyph);
        }
        QCOMPARE(words.size(), qsizetype(looks.size()));
        QCOMPARE(glyphsInFamilies.size(), qsizetype(looks.size()));
    }
};

QTEST_MAIN(TestStatusLook)
#include "tst_statuslook.moc"
