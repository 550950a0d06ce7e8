#include "app/look/theme.h"

#include "app/look/palette.h"
#include "app/look/style.h"

#include <QApplication>
#include <QToolTip>

namespace app {

Theme::Theme(QApplication &application, Scheme scheme, bool desktopIsDark)
    : m_application(application)
    , m_scheme(scheme)
    , m_desktopIsDark(desktopIsDark)
{
    QApplication::setStyle(new Style);
    apply();
}

void Theme::setScheme(Scheme scheme)
{
    const bool before = isDark();
    m_scheme = scheme;
    if (isDark() != before)
        apply();
}

void Theme::setDesktopDark(bool dark)
{
    const bool before = isDark();
    m_desktopIsDark = dark;
    if (isDark() != before)
        apply();
}

void Theme::apply()
{
    const QPalette palette = isDark() ? darkPalette() : lightPalette();
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    m_application.setStyleSheet(styleSheet()); // again with each palette: its roles are resolved when it is read
    Q_EMIT changed();
}

} // namespace app
