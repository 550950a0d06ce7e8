// Buttons of the few kinds there are: one primary per page, quiet ones that look like links, and icons with a name.
#pragma once

#include <QPushButton>
#include <QToolButton>

namespace app {

enum class ButtonKind { Plain, Primary, Quiet };

QPushButton *button(const QString &text, ButtonKind kind = ButtonKind::Plain, QWidget *parent = nullptr);

// An icon alone. name is what a screen reader says; the tooltip is the same unless another is set.
class IconButton : public QToolButton
{
    Q_OBJECT

public:
    IconButton(QStringView iconName, const QString &name, QWidget *parent = nullptr);

    void setIconName(QStringView iconName);
};

} // namespace app
