#include "app/widgets/buttons.h"

#include "app/look/icons.h"
#include "app/look/metrics.h"

namespace app {

QPushButton *button(const QString &text, ButtonKind kind, QWidget *parent)
{
    auto *made = new QPushButton(text, parent);
    made->setAutoDefault(false);
    if (kind == ButtonKind::Primary)
        made->setProperty("primary", true);
    if (kind == ButtonKind::Quiet)
        made->setProperty("quiet", true);
    return made;
}

IconButton::IconButton(QStringView iconName, const QString &name, QWidget *parent)
    : QToolButton(parent)
{
    setIconSize({Metrics::toolIcon, Metrics::toolIcon});
    setIconName(iconName);
    setAccessibleName(name);
    setToolTip(name);
    setFocusPolicy(Qt::TabFocus);
    setFixedSize(Metrics::control, Metrics::control);
}

void IconButton::setIconName(QStringView iconName)
{
    setIcon(app::icon(iconName, QPalette::WindowText));
}

} // namespace app
