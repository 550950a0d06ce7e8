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

// What was named does not exist: the tool knows best what to do next.
Error withHint(Error error, const Tool &tool)
{
    if (error.kind == Error::Kind::NotFound && error.hint.isEmpty())
        error.hint = tool.whenNotFound;
    return error;
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

Dispatcher::Dispatcher(Setup setup)
    : m_tools(std::move(setup.tools))
    , m_freeze(std::move(setup.freeze))
    , m_gate(std::move(setup.gate))
    , m_audit(std::move(setup.audit))
    , m_metrics(std::move(setup.metrics))
{
    connect(m_freeze.get(), &FreezeFile::changed, this, &Dispatcher::obeyFreeze);
}

Dispatcher::~Dispatcher()
{
    for (auto it = m_begun.begin(); it != m_begun.end(); ++it)
        m_audit->end(it.key(), {.answer = {.text = u"The server ended before the answer came"_s}, .tookUs = it.value().nsecsElapsed() / 1000});
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

    Record record{.call = {.client = call.identity, .tool = tool, .arguments = call.arguments, .effect = entry->tool.effect(call.arguments)},
                  .caller = call.caller};
    record.clock.start();
    if (const QString why = refusalOf(entry->tool, record.call.effect); !why.isEmpty())
        return answered<Answer>(refuse(record, AuditedEnd::Outcome::Refused, refused(why)));
    if (const QStringList problems = entry->schema.problems(call.arguments); !problems.isEmpty()) {
        const Error error{Error::Kind::Validation, problems.join(u". "_s), u"Call %1 again with that mended"_s.arg(tool)};
        return answered<Answer>(refuse(record, AuditedEnd::Outcome::Invalid, failed(error)));
    }
    if (m_gate && m_gate->asksAbout(entry->tool, record.call.effect))
        return askFirst(entry, std::move(record), std::move(call));
    return carryOut(entry, std::move(record), std::move(call));
}

// Why it may not be called now, whatever a person says.
QString Dispatcher::refusalOf(const Tool &tool, const Effect &effect) const
{
    const QString frozen = refusal(m_freeze->current(), effect.kind);
    return frozen.isEmpty() && m_gate ? m_gate->policy().refusal(tool.name, effect) : frozen;
}

Reply<Answer> Dispatcher::askFirst(const ToolRegistry::Entry *entry, Record record, Call call)
{
    const JoinedStop stop(call.stop);
    const quint64 number = ++m_lastCall;
    m_asking.insert(number, {record.call.effect.kind, stop.source()});
    Call asking = call;
    asking.stop = stop.source()->get_token();
    const std::shared_ptr<const Tool> tool(m_tools, &entry->tool);
    const Result<Passage> passage = co_await outcome(m_gate->ask(tool, record.call.effect, std::move(asking)));
    m_asking.remove(number);

    if (call.stop.stop_requested() || (!passage && passage.error().kind == Error::Kind::Cancelled && !stop.source()->stop_requested())) {
        const QString why = call.stop.stop_requested() ? u"The client cancelled it"_s : u"The client is to ask a person first"_s;
        close(record, AuditedEnd::Outcome::Cancelled, {.text = why});
        co_return Failure({Error::Kind::Cancelled, why});
    }
    if (const QString why = refusalOf(entry->tool, record.call.effect); !why.isEmpty())
        co_return refuse(record, AuditedEnd::Outcome::Refused, refused(why));
    if (!passage)
        co_return refuse(record, AuditedEnd::Outcome::Error, failed(withHint(passage.error(), entry->tool)));
    if (!passage->refusal.isEmpty())
        co_return refuse(record, AuditedEnd::Outcome::Refused, refused(passage->refusal));
    if (!passage->how.isEmpty())
        record.call.effect.on += u" (%1)"_s.arg(passage->how);
    record.clock.restart(); // how long it takes is not how long somebody thought
    call.deadline = std::max(call.deadline, QDeadlineTimer(std::chrono::seconds(30)));
    co_return co_await carryOut(entry, std::move(record), std::move(call));
}

Answer Dispatcher::refuse(const Record &record, AuditedEnd::Outcome outcome, Answer answer)
{
    close(record, outcome, answer);
    return answer;
}

Reply<Answer> Dispatcher::carryOut(const ToolRegistry::Entry *entry, Record record, Call call)
{
    const Effect effect = record.call.effect;
    const std::stop_token calls = call.stop;
    const JoinedStop stop(calls);
    call.stop = stop.source()->get_token();
    call.observer = observerOf(record);
    const quint64 number = ++m_lastCall;
    if (effect.kind == Effect::Kind::Read) {
        m_reads.insert(number, stop.source());
    } else if (m_audit) {
        const AuditTrail::Begun begun = m_audit->begin(record.call);
        record.ticket = begun.ticket;
        m_begun.insert(begun.ticket, record.clock);
        co_await outcome(begun.kept); // trouble with the record does not keep a call from being made
    }

    Result<Answer> answer = co_await outcome(entry->tool.call(std::move(call)));

    m_reads.remove(number);
    if (!answer && answer.error().kind == Error::Kind::Cancelled && !calls.stop_requested() && stop.source()->stop_requested())
        answer = refused(refusal(Freeze::Stopped, effect.kind));
    // Also with an answer, which nobody hears: it says what had been done by then.
    const bool cancelled = calls.stop_requested() && (answer || answer.error().kind == Error::Kind::Cancelled);
    if (!answer && !cancelled)
        answer = failed(withHint(answer.error(), entry->tool));
    close(record, cancelled ? AuditedEnd::Outcome::Cancelled : answer->isError ? AuditedEnd::Outcome::Error : AuditedEnd::Outcome::Ok,
          answer.value_or(Answer{.text = u"The client cancelled it"_s}));
    co_return answer;
}

// Told once of each call, when its answer is known.
void Dispatcher::close(const Record &record, AuditedEnd::Outcome outcome, const Answer &answer)
{
    const qint64 tookUs = record.clock.nsecsElapsed() / 1000;
    if (m_metrics)
        m_metrics->called(record.call.tool, word(outcome), std::chrono::microseconds(tookUs));
    if (m_audit) {
        AuditedEnd end{.outcome = outcome, .answer = answer, .requests = *record.requests, .tookUs = tookUs};
        if (record.ticket > 0)
            m_audit->end(record.ticket, std::move(end));
        else
            m_audit->add(record.call, std::move(end));
        m_begun.remove(record.ticket);
    }
    Q_EMIT called({record.call.tool, record.call.effect, outcome != AuditedEnd::Outcome::Ok, outcome == AuditedEnd::Outcome::Refused, tookUs / 1000,
                   record.caller});
}

Request::Observer Dispatcher::observerOf(const Record &record) const
{
    return [requests = record.requests, metrics = m_metrics](std::chrono::microseconds took, int status) {
        ++*requests;
        if (metrics)
            metrics->requested(took, status);
    };
}

// Calls that wait for a person are refused. Stopped also ends the reads on their way; writes already sent run on, since stopping
// them would leave their effect unknown.
void Dispatcher::obeyFreeze(Freeze freeze)
{
    const QList<Asking> waiting = m_asking.values();
    for (const Asking &asking : waiting) {
        if (!refusal(freeze, asking.effect).isEmpty())
            asking.stop->request_stop();
    }
    if (freeze != Freeze::Stopped)
        return;
    const QList<std::shared_ptr<std::stop_source>> reads = m_reads.values();
    for (const std::shared_ptr<std::stop_source> &read : reads)
        read->request_stop();
}

} // namespace mcp
