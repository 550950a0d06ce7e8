// A thin line at the top of a page while something is loaded; nothing for the first 200 ms. The old content stays below it.
#pragma once

#include <QWidget>

class QTimer;

namespace app {

class LoadingBar : public QWidget
{
    Q_OBJECT

public:
    explicit LoadingBar(QWidget *parent = nullptr);

    void setLoading(bool loading);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QTimer *m_patience;
    QTimer *m_step;
    double m_place = 0;
    bool m_moving = false;
};

} // namespace app
