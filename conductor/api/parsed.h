// Turns a reply of JSON into a reply of a value: T::fromJson names the field that does not fit.
#pragma once

#include "conductor/base/reply.h"

#include <QJsonArray>
#include <QJsonValue>

#include <memory>
#include <vector>

namespace conductor {

template <typename T>
Reply<T> parsed(Reply<QJsonValue> reply)
{
    const QJsonValue json = co_await std::move(reply);
    co_return T::fromJson(json);
}

// For values too large to copy wherever they are awaited.
template <typename T>
Reply<std::shared_ptr<const T>> parsedShared(Reply<QJsonValue> reply)
{
    const QJsonValue json = co_await std::move(reply);
    Result<T> value = T::fromJson(json);
    if (!value)
        co_return Failure(value.error());
    co_return std::make_shared<const T>(std::move(*value));
}

template <typename T>
Reply<std::vector<T>> parsedList(Reply<QJsonValue> reply)
{
    const QJsonValue json = co_await std::move(reply);
    std::vector<T> values;
    const QJsonArray elements = json.toArray();
    values.reserve(size_t(elements.size()));
    for (const QJsonValue &element : elements) {
        Result<T> value = T::fromJson(element);
        if (!value)
            co_return Failure(value.error());
        values.push_back(std::move(*value));
    }
    co_return values;
}

// For calls that answer nothing worth reading.
inline Reply<Done> done(Reply<QJsonValue> reply)
{
    co_await std::move(reply);
    co_return Done{};
}

// For calls that answer a bare text, such as the id of a started execution.
inline Reply<QString> textOf(Reply<QJsonValue> reply)
{
    const QJsonValue json = co_await std::move(reply);
    co_return json.toString();
}

} // namespace conductor
