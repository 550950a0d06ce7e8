// What the servers page opens in place of a server's detail: a form or a question. The page owns it and closes it.
#pragma once

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
};

} // namespace app
