// Reply<T> is the one currency of asynchronous calls: a future of a Result.
//
//   Reply<int> twice(Client client)               a coroutine returns a Reply
//   {
//       const Page page = co_await client.first();            the value, or leave with its Error
//       const Result<Page> next = co_await outcome(client.next());   the Result, to look at
//       co_return page.size() + (next ? next->size() : 0);
//   }
//
// A coroutine that is a member of a QObject ends when the object has died: its Reply answers Cancelled as soon as what it
// awaited has answered. Everything runs in the thread of the caller. Parameters are taken by value, and large values travel
// as shared_ptr<const T>: a Reply copies its value once where it is awaited. Cancelling a Reply does not reach what it
// awaits; pass a stop token for that (conductor/api/request.h).
#pragma once

#include "conductor/base/result.h"

#include <QFutureWatcher>
#include <QObject>
#include <QPointer>
#include <QPromise>

#include <concepts>
#include <coroutine>
#include <type_traits>

namespace conductor {

template <typename T>
using Reply = QFuture<Result<T>>;

// The answer of a finished reply; a promise that was dropped or cancelled answers Cancelled.
template <typename T>
Result<T> answer(const Reply<T> &reply)
{
    return reply.resultCount() > 0 ? reply.result() : Result<T>(Failure({Error::Kind::Cancelled, QStringLiteral("Cancelled"), {}}));
}

// A reply that is answered already. What awaits it still goes on later, through the event loop.
template <typename T>
Reply<T> answered(Result<T> result)
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(std::move(result));
    promise.finish();
    return promise.future();
}

template <typename T>
struct Outcome {
    Reply<T> reply;
};

template <typename T>
Outcome<T> outcome(Reply<T> reply)
{
    return {std::move(reply)};
}

namespace detail {

enum class OnError { Leave, Continue };

// The promise of a coroutine that returns Reply<T>; guards the QObject whose member the coroutine is.
template <typename T>
class Promise
{
public:
    Promise() { m_promise.start(); }

    template <typename Self, typename... Args>
        requires std::derived_from<std::remove_cvref_t<Self>, QObject>
    explicit Promise(Self &self, Args &&...)
        : m_owner(const_cast<std::remove_cvref_t<Self> *>(&self))
        , m_owned(true)
    {
        m_promise.start();
    }

    Reply<T> get_return_object() { return m_promise.future(); }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_value(Result<T> result)
    {
        m_promise.addResult(std::move(result));
        m_promise.finish();
    }
    [[noreturn]] void unhandled_exception() { std::terminate(); }

    bool ownerIsGone() const { return m_owned && !m_owner; }

private:
    QPromise<Result<T>> m_promise;
    QPointer<QObject> m_owner;
    bool m_owned = false;
};

template <typename T, OnError onError>
class Awaiter
{
public:
    explicit Awaiter(Reply<T> reply) : m_reply(std::move(reply)) {}

    bool await_ready() const { return false; } // always later: no re-entrance, whoever answers

    template <typename P>
    void await_suspend(std::coroutine_handle<P> coroutine)
    {
        auto *watcher = new QFutureWatcher<Result<T>>;
        QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, [watcher, coroutine, reply = m_reply] {
            watcher->deleteLater();
            if (coroutine.promise().ownerIsGone()) {
                coroutine.destroy();
                return;
            }
            if constexpr (onError == OnError::Leave) {
                if (reply.resultCount() == 0 || !*reply.constBegin()) {
                    coroutine.promise().return_value(Failure(answer(reply).error()));
                    coroutine.destroy();
                    return;
                }
            }
            coroutine.resume();
        });
        watcher->setFuture(m_reply);
    }

    auto await_resume() const
    {
        if constexpr (onError == OnError::Leave)
            return T(**m_reply.constBegin());
        else
            return answer(m_reply);
    }

private:
    Reply<T> m_reply;
};

// What may be a coroutine's parameter: values, and the QObject whose member it is. All else can die while it waits.
template <typename A>
concept Outlasting = !std::is_reference_v<A> || std::derived_from<std::remove_cvref_t<A>, QObject>;

} // namespace detail

template <typename T>
auto operator co_await(Reply<T> reply)
{
    return detail::Awaiter<T, detail::OnError::Leave>(std::move(reply));
}

template <typename T>
auto operator co_await(Outcome<T> outcome)
{
    return detail::Awaiter<T, detail::OnError::Continue>(std::move(outcome.reply));
}

} // namespace conductor

template <typename T, typename... Args>
struct std::coroutine_traits<QFuture<tl::expected<T, conductor::Error>>, Args...> {
    static_assert((conductor::detail::Outlasting<Args> && ...), "parameters by value, no lambda, member of a QObject only");
    using promise_type = conductor::detail::Promise<T>;
};
