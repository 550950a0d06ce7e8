// What the user chose, kept in settings.json of the configuration directory. Every setting is a row of the table below: its
// key, its default, and what a value must hold to be believed. The companion owns the one instance; a test makes its own.
#pragma once

#include "app/look/metrics.h"
#include "app/look/theme.h"
#include "conductor/base/result.h"

#include <QJsonObject>
#include <QObject>
#include <QTimer>

namespace app {

template <typename T>
struct Setting {
    QStringView key;
    T fallback = {};
    bool (*isValid)(const T &value) = nullptr; // null: every value of the type is
};

namespace setting {

inline constexpr Setting<Scheme> scheme{u"look/scheme", Scheme::System};
inline constexpr Setting<Density> density{u"look/density", Density::Comfortable};
inline constexpr Setting<bool> desktopWasDark{u"look/desktopWasDark", false}; // what the desktop said last: the first paint does not ask
inline constexpr Setting<bool> sidebarCollapsed{u"window/sidebarCollapsed", false};
inline const Setting<QByteArray> windowGeometry{u"window/geometry"};
inline const Setting<QString> lastPage{u"window/lastPage", QStringLiteral("overview"), [](const QString &page) { return page.size() < 100; }};
inline const Setting<QString> currentServer{u"window/server", {}, [](const QString &id) { return id.size() < 200; }};
inline constexpr Setting<bool> toldTrayStays{u"told/trayStays", false};
inline const Setting<QByteArray> executionColumns{u"executions/columns"};
inline const Setting<QString> executionSearch{u"executions/search", {}, [](const QString &text) { return text.size() < 2000; }}; // one for each server

inline const Setting<QByteArray> definitionColumns{u"definitions/columns"};
inline const Setting<QByteArray> definitionSides{u"definitions/sides"};       // text and graph
inline const Setting<QByteArray> definitionProblems{u"definitions/problems"}; // both, and the problems below them

inline const Setting<QString> quietHours{u"notifications/quietHours", {}, [](const QString &hours) { return hours.size() < 20; }}; // see QuietHours

} // namespace setting

class Settings : public QObject
{
    Q_OBJECT

public:
    explicit Settings(QString path, QObject *parent = nullptr); // reads it; a missing file is an empty one
    ~Settings() override;                                       // writes what is not written yet

    static QString defaultPath();

    // scope: the setting of one thing, such as a server's id; empty for the app's own.
    template <typename T>
    T get(const Setting<T> &setting, const QString &scope = {}) const;
    template <typename T>
    void set(const Setting<T> &setting, const T &value, const QString &scope = {});

    void save(); // now rather than in half a second

    // Why the file could not be read; its content is beside it then, as settings.json.broken.
    const QString &complaint() const { return m_complaint; }

Q_SIGNALS:
    void changed(const QString &key);
    void notSaved(const conductor::Error &error);

private:
    void read();
    QJsonValue value(QStringView key, const QString &scope) const;
    void setValue(QStringView key, const QString &scope, const QJsonValue &value);

    QString m_path;
    QJsonObject m_values; // keys of later versions stay as they are
    QString m_complaint;
    QTimer m_delay;
    bool m_dirty = false;
};

// How a type is written in the file; nothing for a value that is not of it.
template <typename T>
struct SettingFormat;

} // namespace app

#include "app/core/settingformat.h"

template <typename T>
T app::Settings::get(const Setting<T> &setting, const QString &scope) const
{
    const std::optional<T> read = SettingFormat<T>::read(value(setting.key, scope));
    return read && (!setting.isValid || setting.isValid(*read)) ? *read : setting.fallback;
}

template <typename T>
void app::Settings::set(const Setting<T> &setting, const T &value, const QString &scope)
{
    if (!setting.isValid || setting.isValid(value))
        setValue(setting.key, scope, SettingFormat<T>::write(value));
}
