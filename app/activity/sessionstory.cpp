#include "app/activity/sessionstory.h"

#include "app/activity/outcomelook.h"
#include "conductor/base/hostile.h"
#include "conductor/base/utc.h"
#include "mcp/audit/callexport.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <array>

using namespace Qt::StringLiterals;
using conductor::harmless;
using mcp::AuditEntry;

namespace app {
namespace {

constexpr const char *context = "app::SessionStory";
constexpr qsizetype longest = 90; // of a name or a reason

QString tr(const char *text)
{
    return QCoreApplication::translate(context, text);
}

struct Phrase {
    QStringView tool;
    const char *with;    // %1: what it was about
    const char *without; // when that is not known
};

constexpr std::array<Phrase, 20> phrases{{
    {u"conductor_search_workflows", QT_TRANSLATE_NOOP("app::SessionStory", "searched the runs for %1"), QT_TRANSLATE_NOOP("app::SessionStory", "searched the runs")},
    {u"conductor_get_workflow_status", QT_TRANSLATE_NOOP("app::SessionStory", "looked at the run %1"), QT_TRANSLATE_NOOP("app::SessionStory", "looked at a run")},
    {u"conductor_get_execution_history", QT_TRANSLATE_NOOP("app::SessionStory", "read the history of %1"), QT_TRANSLATE_NOOP("app::SessionStory", "read the history of a run")},
    {u"conductor_get_workflow_metrics", QT_TRANSLATE_NOOP("app::SessionStory", "measured the runs of %1"), QT_TRANSLATE_NOOP("app::SessionStory", "measured runs")},
    {u"conductor_execute_workflow", QT_TRANSLATE_NOOP("app::SessionStory", "started %1"), QT_TRANSLATE_NOOP("app::SessionStory", "started a workflow")},
    {u"conductor_pause_workflow", QT_TRANSLATE_NOOP("app::SessionStory", "paused %1"), QT_TRANSLATE_NOOP("app::SessionStory", "paused a run")},
    {u"conductor_resume_workflow", QT_TRANSLATE_NOOP("app::SessionStory", "resumed %1"), QT_TRANSLATE_NOOP("app::SessionStory", "resumed a run")},
    {u"conductor_terminate_workflow", QT_TRANSLATE_NOOP("app::SessionStory", "terminated %1"), QT_TRANSLATE_NOOP("app::SessionStory", "terminated a run")},
    {u"conductor_recover_workflow", QT_TRANSLATE_NOOP("app::SessionStory", "retried %1"), QT_TRANSLATE_NOOP("app::SessionStory", "retried a run")},
    {u"conductor_create_workflow", QT_TRANSLATE_NOOP("app::SessionStory", "wrote the definition %1"), QT_TRANSLATE_NOOP("app::SessionStory", "wrote a definition")},
    {u"conductor_list_workflows", QT_TRANSLATE_NOOP("app::SessionStory", "listed the definitions like %1"), QT_TRANSLATE_NOOP("app::SessionStory", "listed the definitions")},
    {u"conductor_get_workflow_metadata", QT_TRANSLATE_NOOP("app::SessionStory", "read the definition %1"), QT_TRANSLATE_NOOP("app::SessionStory", "read a definition")},
    {u"conductor_create_task_definition", QT_TRANSLATE_NOOP("app::SessionStory", "wrote the task definition %1"), QT_TRANSLATE_NOOP("app::SessionStory", "wrote a task definition")},
    {u"conductor_get_task_definition", QT_TRANSLATE_NOOP("app::SessionStory", "read the task definition %1"), QT_TRANSLATE_NOOP("app::SessionStory", "read a task definition")},
    {u"conductor_get_task_queue_size", QT_TRANSLATE_NOOP("app::SessionStory", "counted the queue %1"), QT_TRANSLATE_NOOP("app::SessionStory", "counted the queues")},
    {u"conductor_poll_task", QT_TRANSLATE_NOOP("app::SessionStory", "took a task from the queue %1"), QT_TRANSLATE_NOOP("app::SessionStory", "took a task")},
    {u"conductor_update_task", QT_TRANSLATE_NOOP("app::SessionStory", "set the result of %1"), QT_TRANSLATE_NOOP("app::SessionStory", "set the result of a task")},
    {u"conductor_list_api_endpoints", QT_TRANSLATE_NOOP("app::SessionStory", "looked for endpoints about %1"), QT_TRANSLATE_NOOP("app::SessionStory", "listed the endpoints")},
    {u"conductor_get_api_endpoint_schema", QT_TRANSLATE_NOOP("app::SessionStory", "read the schema of %1"), QT_TRANSLATE_NOOP("app::SessionStory", "read a schema")},
    {u"conductor_invoke_api_endpoint", QT_TRANSLATE_NOOP("app::SessionStory", "called the endpoint %1"), QT_TRANSLATE_NOOP("app::SessionStory", "called an endpoint")},
}};

// What a call was about, from the arguments that name it; several as a list.
QString subjectOf(const QJsonObject &arguments)
{
    if (!arguments[u"path"].toString().isEmpty())
        return harmless(QString(arguments[u"method"].toString() + u' ' + arguments[u"path"].toString()).trimmed(), longest);
    for (const QString &name : {u"workflow_id"_s, u"workflow_ids"_s, u"execution_id"_s, u"name"_s, u"workflow_name"_s, u"task_type"_s, u"task_id"_s, u"reference_name"_s,
                                u"task_types"_s, u"query"_s, u"filter"_s, u"free_text"_s, u"text"_s, u"workflow_type"_s, u"status"_s}) {
        const QJsonValue value = arguments[name];
        if (value.isArray()) {
            QStringList parts;
            const QJsonArray array = value.toArray();
            for (qsizetype i = 0; i < std::min<qsizetype>(3, array.size()); ++i)
                parts << harmless(array[i].toString(), 40);
            if (!parts.isEmpty())
                return array.size() > 3 ? tr("%1 and %2 more").arg(parts.join(u", "_s)).arg(array.size() - 3) : parts.join(u", "_s);
        }
        if (!value.toString().isEmpty())
            return harmless(value.toString(), longest);
    }
    const QJsonValue definition = arguments[u"definition"].isObject() ? arguments[u"definition"] : arguments[u"workflow"];
    return harmless(definition[u"name"].toString(), longest);
}

QString deedOf(const AuditEntry &call)
{
    if (call.kind == AuditEntry::Kind::Lost)
        return tr("Calls that could not be written: %1").arg(harmless(call.detail, 20));
    const QString subject = subjectOf(QJsonDocument::fromJson(call.arguments.toUtf8()).object());
    for (const Phrase &phrase : phrases) {
        if (phrase.tool == call.tool)
            return subject.isEmpty() ? tr(phrase.without) : tr(phrase.with).arg(subject);
    }
    return subject.isEmpty() ? tr("called %1").arg(harmless(call.tool, longest)) : tr("called %1 with %2").arg(harmless(call.tool, longest), subject);
}

QString troubleOf(const AuditEntry &call)
{
    const QString outcome = mcp::outcomeOf(call);
    if (call.kind == AuditEntry::Kind::Lost || outcome == u"ok")
        return {};
    const QString word = outcomeLook(outcome).word.toLower();
    return call.detail.isEmpty() ? word : tr("%1: %2").arg(word, harmless(call.detail, 2 * longest));
}

// Text of others in Markdown: every sign that could be markup is escaped.
QString escaped(const QString &text)
{
    QString safe;
    for (const QChar character : text) {
        if (QStringView(u"\\`*_{}[]<>#|~&").contains(character))
            safe += u'\\';
        safe += character;
    }
    return safe;
}

} // namespace

SessionStory SessionStory::of(const std::vector<AuditEntry> &calls)
{
    SessionStory story;
    if (calls.empty())
        return story;
    const AuditEntry &first = calls.back();
    story.client = first.client.isEmpty() ? tr("Unknown client") : harmless(QString(first.client + u' ' + first.clientVersion).trimmed(), longest);
    story.server = harmless(first.profile, longest);
    story.begin = conductor::utcFromMs(first.time).toLocalTime();
    story.end = conductor::utcFromMs(calls.front().time).toLocalTime();
    int times = 1;
    QString deedBefore;
    for (auto call = calls.rbegin(); call != calls.rend(); ++call) {
        const QString deed = deedOf(*call);
        const QString trouble = troubleOf(*call);
        story.calls += call->kind != AuditEntry::Kind::Lost;
        story.failed += !trouble.isEmpty() && mcp::outcomeOf(*call) != u"running";
        if (!story.lines.empty() && story.leftOut == 0 && deed == deedBefore && trouble == story.lines.back().trouble) {
            ++times;
            story.lines.back().text = tr("%1 (%2 times)").arg(deed, QLocale().toString(times));
            continue;
        }
        if (story.lines.size() >= mostLines) {
            ++story.leftOut;
            continue;
        }
        times = 1;
        deedBefore = deed;
        story.lines.push_back({conductor::utcFromMs(call->time).toLocalTime(), deed, trouble, call->effect != u"read" && call->kind != AuditEntry::Kind::Lost,
                               mcp::outcomeOf(*call) == u"refused" || mcp::outcomeOf(*call) == u"invalid"});
    }
    return story;
}

QString SessionStory::summary() const
{
    const QLocale locale;
    const QString day = locale.toString(begin.date(), QLocale::LongFormat);
    const QString from = locale.toString(begin.time(), QLocale::ShortFormat);
    const QString to = locale.toString(end.time(), QLocale::ShortFormat);
    return tr("%1, %2 to %3. Calls: %4, of them not done: %5.").arg(day, from, to, locale.toString(calls), locale.toString(failed));
}

QString SessionStory::lineText(const Line &line) const
{
    const QString what = line.refused ? tr("not done: %1").arg(line.text) : line.text;
    const QString deed = line.trouble.isEmpty() ? what : tr("%1 — %2").arg(what, line.trouble);
    return QLocale().toString(line.time.time(), QLocale::ShortFormat) + u"  "_s + deed;
}

QString SessionStory::markdown() const
{
    QString text = u"# "_s + (server.isEmpty() ? escaped(client) : tr("%1 on %2").arg(escaped(client), escaped(server))) + u"\n\n"_s + escaped(summary()) + u"\n\n"_s;
    for (const Line &line : lines) {
        const QString what = line.refused ? tr("not done: %1").arg(line.text) : line.text;
        const QString deed = line.changes && !line.refused ? u"**"_s + escaped(what) + u"**"_s : escaped(what);
        text += u"- "_s + escaped(line.time.toString(u"HH:mm:ss"_s)) + u' ' + deed;
        if (!line.trouble.isEmpty())
            text += u" — "_s + escaped(line.trouble);
        text += u'\n';
    }
    if (leftOut > 0)
        text += u"\n"_s + escaped(tr("Further lines that are left out: %1").arg(QLocale().toString(leftOut))) + u'\n';
    return text;
}

} // namespace app
