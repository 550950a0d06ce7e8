// Light, dark, or as the desktop says; switches live. Sets style, palette and style sheet of the application. The companion
// owns it.
#pragma once

#include <QObject>

class QApplication;

namespace app {

enum class Scheme { System, Light, Dark };

class Theme : public QObject
{
    Q_OBJECT

public:
    // desktopIsDark: what the desktop said last time. Asking it takes a while, the first paint does not wait for it.
    Theme(QApplication &application, Scheme scheme, bool desktopIsDark);

    Scheme scheme() const { return m_scheme; }
    void setScheme(Scheme scheme);
    void setDesktopDark(bool dark);
    bool isDark() const { return m_scheme == Scheme::Dark || (m_scheme == Scheme::System && m_desktopIsDark); }

Q_SIGNALS:
    void changed();

private:
    void apply();

    QApplication &m_application;
    Scheme m_scheme;
    bool m_desktopIsDark;
};

} // namespace app
