// What the servers page opens in place of a server's detail: a form or a question. The page owns it and closes it.
#pragma once

#include <QPointer>
#include <QWidget>

namespace app {

class Pane : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    virtual void focusFirst() = 0; // what is to be filled in or answered first
    virtual bool holdsInput() const { return false; } // something was typed that would be lost

Q_SIGNALS:
    void closed(); // it is done with

protected:
    // What has the keyboard is disabled while something is under way; it has it again afterwards.
    void rememberFocus() { m_focused = window()->focusWidget(); }
    void returnFocus()
    {
        if (m_focused && m_focused->isVisible() && isAncestorOf(m_focused))
            m_focused->setFocus(Qt::OtherFocusReason);
        m_focused = nullptr;
    }

private:
    QPointer<QWidget> m_focused;
};

} // namespace app
