// How the types of settings are written as JSON. Included by settings.h.
#pragma once

#include "app/look/metrics.h"
#include "app/look/theme.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonValue>
#include <QStringList>

#include <array>
#include <optional>
#include <utility>

namespace app {

template <>
struct SettingFormat<bool> {
    static std::optional<bool> read(const QJsonValue &json) { return json.isBool() ? std::optional(json.toBool()) : std::nullopt; }
    static QJsonValue write(bool value) { return value; }
};

template <>
struct SettingFormat<int> {
    static std::optional<int> read(const QJsonValue &json) { return json.isDouble() ? std::optional(json.toInt()) : std::nullopt; }
    static QJsonValue write(int value) { return value; }
};

template <>
struct SettingFormat<QString> {
    static std::optional<QString> read(const QJsonValue &json) { return json.isString() ? std::optional(json.toString()) : std::nullopt; }
    static QJsonValue write(const QString &value) { return value; }
};

template <>
struct SettingFormat<QStringList> {
    static std::optional<QStringList> read(const QJsonValue &json)
    {
        if (!json.isArray())
            return {};
        QStringList texts;
        const QJsonArray elements = json.toArray();
        for (const QJsonValue &element : elements)
            texts << element.toString();
        return texts;
    }
    static QJsonValue write(const QStringList &value) { return QJsonArray::fromStringList(value); }
};

template <>
struct SettingFormat<QByteArray> {
    static std::optional<QByteArray> read(const QJsonValue &json)
    {
        return json.isString() ? std::optional(QByteArray::fromBase64(json.toString().toLatin1())) : std::nullopt;
    }
    static QJsonValue write(const QByteArray &value) { return QString::fromLatin1(value.toBase64()); }
};

// An enumeration is written as words: a list of them next to the values.
template <typename Enum, size_t count>
struct EnumFormat {
    using Words = std::array<std::pair<Enum, QStringView>, count>;

    static std::optional<Enum> read(const Words &words, const QJsonValue &json)
    {
        for (const auto &[value, word] : words) {
            if (json.toString() == word)
                return value;
        }
        return {};
    }
    static QJsonValue write(const Words &words, Enum wanted)
    {
        for (const auto &[value, word] : words) {
            if (value == wanted)
                return word.toString();
        }
        return {};
    }
};

template <>
struct SettingFormat<Scheme> {
    using Format = EnumFormat<Scheme, 3>;
    static constexpr Format::Words words{{{Scheme::System, u"system"}, {Scheme::Light, u"light"}, {Scheme::Dark, u"dark"}}};
    static std::optional<Scheme> read(const QJsonValue &json) { return Format::read(words, json); }
    static QJsonValue write(Scheme value) { return Format::write(words, value); }
};

template <>
struct SettingFormat<Density> {
    using Format = EnumFormat<Density, 2>;
    static constexpr Format::Words words{{{Density::Comfortable, u"comfortable"}, {Density::Dense, u"dense"}}};
    static std::optional<Density> read(const QJsonValue &json) { return Format::read(words, json); }
    static QJsonValue write(Density value) { return Format::write(words, value); }
};

} // namespace app
