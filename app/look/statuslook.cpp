#include "app/look/statuslook.h"

#include "app/look/palette.h"
#include "conductor/base/hostile.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;
using conductor::ExecutionStatus;
using conductor::StatusFamily;
using conductor::TaskStatus;

namespace app {
namespace {

constexpr const char *context = "app::StatusLook";

template <typename Status>
struct Row {
    Status status;
    QStringView glyph;
    const char *word;
};

constexpr std::array<Row<ExecutionStatus>, 6> executionRows{{
    {ExecutionStatus::Running, u"loader-circle", QT_TRANSLATE_NOOP("app::StatusLook", "Running")},
    {ExecutionStatus::Paused, u"circle-pause", QT_TRANSLATE_NOOP("app::StatusLook", "Paused")},
    {ExecutionStatus::Completed, u"circle-check", QT_TRANSLATE_NOOP("app::StatusLook", "Completed")},
    {ExecutionStatus::Failed, u"circle-x", QT_TRANSLATE_NOOP("app::StatusLook", "Failed")},
    {ExecutionStatus::TimedOut, u"timer-off", QT_TRANSLATE_NOOP("app::StatusLook", "Timed out")},
    {ExecutionStatus::Terminated, u"square", QT_TRANSLATE_NOOP("app::StatusLook", "Terminated")},
}};

constexpr std::array<Row<TaskStatus>, 9> taskRows{{
    {TaskStatus::Scheduled, u"circle-dashed", QT_TRANSLATE_NOOP("app::StatusLook", "Scheduled")},
    {TaskStatus::InProgress, u"loader-circle", QT_TRANSLATE_NOOP("app::StatusLook", "In progress")},
    {TaskStatus::Completed, u"circle-check", QT_TRANSLATE_NOOP("app::StatusLook", "Completed")},
    {TaskStatus::CompletedWithErrors, u"triangle-alert", QT_TRANSLATE_NOOP("app::StatusLook", "Completed with errors")},
    {TaskStatus::Skipped, u"skip-forward", QT_TRANSLATE_NOOP("app::StatusLook", "Skipped")},
    {TaskStatus::Failed, u"circle-x", QT_TRANSLATE_NOOP("app::StatusLook", "Failed")},
    {TaskStatus::FailedWithTerminalError, u"octagon-x", QT_TRANSLATE_NOOP("app::StatusLook", "Failed for good")},
    {TaskStatus::TimedOut, u"timer-off", QT_TRANSLATE_NOOP("app::StatusLook", "Timed out")},
    {TaskStatus::Canceled, u"ban", QT_TRANSLATE_NOOP("app::StatusLook", "Canceled")},
}};

template <typename Rows, typename Status>
StatusLook lookIn(const Rows &rows, Status status, const QString &serverWord)
{
    for (const auto &row : rows) {
        if (row.status == status)
            return {conductor::family(status), row.glyph.toString(), QCoreApplication::translate(context, row.word)};
    }
    const QString word = serverWord.isEmpty() ? QCoreApplication::translate(context, "Unknown") : conductor::harmless(serverWord, 40);
    return {StatusFamily::Quiet, u"circle-question-mark"_s, word};
}

} // namespace

StatusLook statusLook(ExecutionStatus status, const QString &serverWord)
{
    return lookIn(executionRows, status, serverWord);
}

StatusLook statusLook(TaskStatus status, const QString &serverWord)
{
    return lookIn(taskRows, status, serverWord);
}

StatusLook waitsForYou(const QString &word)
{
    return {StatusFamily::NeedsYou, u"hand"_s, word};
}

QColor familyColor(StatusFamily family, const QPalette &palette)
{
    const bool dark = isDark(palette);
    switch (family) {
    case StatusFamily::Active:
        return dark ? 0x6AA6FF : 0x0A4FB3;
    case StatusFamily::Good:
        return dark ? 0x4DE0A8 : 0x0B8457;
    case StatusFamily::Bad:
        return dark ? 0xFF6B57 : 0x8E0F0F;
    case StatusFamily::NeedsYou:
        return dark ? 0xFFD24A : 0x946A00;
    case StatusFamily::Quiet:
        return dark ? 0x8B9099 : 0x6B7280;
    }
    return palette.color(QPalette::Text);
}

QColor familyWash(StatusFamily family, const QPalette &palette)
{
    return mixed(familyColor(family, palette), palette.color(QPalette::Base), isDark(palette) ? 0.16 : 0.09);
}

} // namespace app
