#include "app/activity/activityreports.h"

#include "app/widgets/loadingbar.h"
#include "app/widgets/messagebar.h"
#include "conductor/base/hostile.h"

#include <QLocale>
#include <QSaveFile>

using namespace Qt::StringLiterals;
using conductor::Done;
using conductor::harmless;
using conductor::Reply;
using conductor::Result;

namespace app {

ActivityReports::ActivityReports(AuditReader &reader, AskSavePath askPath, MessageBar &message, LoadingBar &loading, QWidget *parent)
    : QObject(parent)
    , m_parent(parent)
    , m_reader(reader)
    , m_askPath(std::move(askPath))
    , m_message(message)
    , m_loading(loading)
{
}

Reply<Done> ActivityReports::verify()
{
    m_loading.setLoading(true);
    const Result<mcp::ChainReport> report = co_await conductor::outcome(m_reader.verify());
    m_loading.setLoading(false);
    if (!report) {
        m_message.sayError(tr("The audit could not be verified: %1.").arg(harmless(report.error().message, 160)), report.error());
        co_return Done{};
    }
    const QString rows = QLocale().toString(report->rows);
    const QString last = report->rows > 0 ? tr("Last row: %1:%2").arg(report->last).arg(QString::fromLatin1(report->lastHash)) : QString();
    if (report->holds()) {
        m_message.say(MessageBar::Kind::Info, tr("The chain holds: %1 rows follow from each other as they were written.").arg(rows), {}, last);
        co_return Done{};
    }
    QStringList faults;
    for (const mcp::ChainReport::Fault &fault : report->faults)
        faults << harmless(fault.what, 200);
    if (const qint64 further = report->allFaults - qint64(report->faults.size()); further > 0)
        faults << tr("and %1 more").arg(QLocale().toString(further));
    m_message.say(MessageBar::Kind::Warning, tr("The chain is broken: rows were changed, removed or put in. Faults: %1.").arg(QLocale().toString(report->allFaults)), {},
                   faults.join(u'\n') + u'\n' + last);
    co_return Done{};
}

Reply<Done> ActivityReports::exportAs(AuditReader::Format format, mcp::AuditQuery wanted)
{
    const SaveQuestion question{tr("Export the calls"), format == AuditReader::Format::Csv ? u"calls.csv"_s : u"calls.jsonl"_s};
    const QString path = co_await m_askPath(m_parent, question);
    m_loading.setLoading(true);
    const Result<qint64> written = co_await conductor::outcome(m_reader.write(path, format, wanted));
    m_loading.setLoading(false);
    if (written)
        m_message.say(MessageBar::Kind::Success, tr("%1 calls were written to %2.").arg(QLocale().toString(*written), harmless(path, 300)));
    else
        m_message.sayError(tr("The calls were not exported: %1.").arg(harmless(written.error().message, 200)), written.error());
    co_return Done{};
}

Reply<Done> ActivityReports::saveStory(QString markdown)
{
    const QByteArray text = markdown.toUtf8();
    const SaveQuestion question{tr("Save the story"), u"session.md"_s};
    const QString path = co_await m_askPath(m_parent, question);
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit())
        m_message.say(MessageBar::Kind::Success, tr("The story was saved to %1.").arg(harmless(path, 300)));
    else
        m_message.say(MessageBar::Kind::Error, tr("%1 cannot be written: %2. Choose another place.").arg(harmless(path, 300), file.errorString()));
    co_return Done{};
}

} // namespace app
