#include "mcp/server/dispatcher.h"

#include <functional>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

Answer refused(const QString &why)
{
    return {.text = why, .structured = {{u"error"_s, QJsonObject{{u"kind"_s, u"refused"_s}, {u"message"_s, why}}}}, .isError = true};
}

// Joins the stop of the call with a stop of our own: either one stops the tool.
class JoinedStop
{
public:
    explicit JoinedStop(std::stop_token calls)
        : m_joined(std::make_shared<std::stop_source>())
        , m_link(std::move(calls), [joined = m_joined] { joined->request_stop(); })
    {
    }

    std::shared_ptr<std::stop_source> source() const { return m_joined; }

private:
    std::shared_ptr<std::stop_source> m_joined;
    std::stop_callback<std::function<void()>> m_link;
};

} // namespace

Answer failed(const Error &error)
{
    QJsonObject details{{u"kind"_s, kindName(error.kind)}, {u"message"_s, error.message}};
    if (!error.hint.isEmpty())
        details[u"hint"] = error.hint;
    if (error.httpStatus > 0)
        details[u"http_status"] = error.httpStatus;
    return {.text = sentence(error), .structured = {{u"error"_s, details}}, .isError = true};
}

Dispatcher::Dispatcher(std::shared_ptr<const ToolRegistry> tools, std::shared_ptr<FreezeFile> freeze)
    : m_tools(std::move(tools))
    , m_freeze(std::move(freeze))
{
    connect(m_freeze.get(), &FreezeFile::changed, this, &Dispatcher::stopReads);
}

Reply<Answer> Dispatcher::call(QString tool, Call call)
{
    const ToolRegistry::Entry *entry = m_tools->find(tool);
    Q_ASSERT(entry);
    call.arguments = entry->schema.mended(call.arguments);
    if (!call.progress)
        call.progress = [](double, double, QString) {};
    if (!call.log)
        call.log = [](QString, QJsonValue) {};
    if (!call.client)
        call.client = Interaction::none();
    if (call.deadline.isForever())
        call.deadline = QDeadlineTimer(patience);

    const Effect effect = entry->tool.effect(call.arguments);
    if (const QString why = refusal(m_freeze->current(), effect.kind); !why.isEmpty()) {
        Q_EMIT called({tool, effect, true, true, 0, call.caller});
        return answered<Answer>(refused(why));
    }
    if (const QStringList problems = entry->schema.problems(call.arguments); !problems.isEmpty()) {
        Q_EMIT called({tool, effect, true, false, 0, call.caller});
        return answered<Answer>(failed({Error::Kind::Validation, problems.join(u". "_s), u"Call %1 again with that mended"_s.arg(tool)}));
    }
    return carryOut(entry, effect, std::move(call));
}

Reply<Answer> Dispatcher::carryOut(const ToolRegistry::Entry *entry, Effect effect, Call call)
{
    QElapsedTimer clock;
    clock.start();
    const std::stop_token calls = call.stop;
    const QObject *caller = call.caller;
    const JoinedStop stop(calls);
    call.stop = stop.source()->get_token();
    const quint64 number = ++m_lastCall;
    if (effect.kind == Effect::Kind::Read)
        m_reads.insert(number, stop.source());

    Result<Answer> answer = co_await outcome(entry->tool.call(std::move(call)));

    m_reads.remove(number);
    if (!answer && answer.error().kind == Error::Kind::Cancelled && !calls.stop_requested() && stop.source()->stop_requested())
        answer = refused(refusal(Freeze::Stopped, effect.kind));
    if (!answer && answer.error().kind == Error::Kind::NotFound && answer.error().hint.isEmpty())
        answer.error().hint = entry->tool.whenNotFound;
    if (!answer && !(answer.error().kind == Error::Kind::Cancelled && calls.stop_requested()))
        answer = failed(answer.error());
    Q_EMIT called({entry->tool.name, effect, !answer || answer->isError, false, clock.elapsed(), caller});
    co_return answer;
}

// Stopped also ends the reads on their way; writes already sent run on, since stopping them would leave their effect unknown.
void Dispatcher::stopReads(Freeze freeze)
{
    if (freeze != Freeze::Stopped)
        return;
    const QList<std::shared_ptr<std::stop_source>> reads = m_reads.values();
    for (const std::shared_ptr<std::stop_source> &read : reads)
        read->request_stop();
}

} // namespace mcp
